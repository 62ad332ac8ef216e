/** Where one writes to the machine: Enter sends, Shift+Enter breaks the line, and the Enter that ends a composition does neither. */

import { ActionIcon, Textarea } from "@mantine/core";
import { IconArrowUp, IconPlayerStopFilled } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, type Ref } from "react";

import classes from "./prompt_box.module.css";

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  sendLabel: string;
  /** Something runs: the button stops it. */
  onStop?: () => void;
  stopLabel?: string;
  disabled?: boolean;
  sending?: boolean;
  minRows?: number;
  autoFocus?: boolean;
  maxLength?: number;
  /** Above the text: attachments. */
  above?: ReactNode;
  /** Below it, at the left: options. */
  tools?: ReactNode;
  inputRef?: Ref<HTMLTextAreaElement>;
}

/** Safari ends the composition before the key: its code is 229 then. */
const COMPOSING = 229;

export function endsComposition(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === COMPOSING;
}

export function PromptBox({ inputRef, ...props }: Props) {
  const ready = props.value.trim() !== "" && !props.disabled && !props.sending;
  function onKey(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || endsComposition(event)) return;
    event.preventDefault();
    if (ready && !props.onStop) props.onSend();
  }
  return (
    <div className={classes.box} data-disabled={props.disabled || undefined}>
      {props.above}
      <Textarea
        ref={inputRef}
        variant="unstyled"
        autosize
        minRows={props.minRows ?? 1}
        maxRows={12}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={props.value}
        maxLength={props.maxLength ?? 100_000}
        autoFocus={props.autoFocus}
        disabled={props.disabled}
        onChange={(event) => {
          props.onChange(event.currentTarget.value);
        }}
        onKeyDown={onKey}
        classNames={{ input: classes.input }}
      />
      <div className={classes.tools}>
        <div className={classes.left}>{props.tools}</div>
        {props.onStop ? (
          <ActionIcon size={36} radius="xl" variant="default" aria-label={props.stopLabel} onClick={props.onStop}>
            <IconPlayerStopFilled size={16} />
          </ActionIcon>
        ) : (
          <ActionIcon
            size={36}
            radius="xl"
            aria-label={props.sendLabel}
            onClick={props.onSend}
            disabled={!ready}
            loading={props.sending ?? false}
          >
            <IconArrowUp size={19} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}

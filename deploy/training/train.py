"""Trains a LoRA adapter as qlora.yaml says; `--check` says beforehand, without a GPU, what would go wrong."""

import argparse
import sys
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

import yaml
from checks import Sample, config_problems, data_problems, data_warnings, library_problems, merged, placed, read


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 where something is wrong; nothing is trained then."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path, nargs="?", default=Path(__file__).with_name("qlora.yaml"))
    parser.add_argument("--check", action="store_true", help="check recipe, data and libraries, and stop")
    parser.add_argument("--steps", type=int, default=-1, help="so many steps at most, to try the recipe out")
    chosen = parser.parse_args(arguments)
    config = yaml.safe_load(chosen.config.read_text(encoding="utf-8"))
    problems = config_problems(config)
    train: list[Sample] = []
    held_out: list[Sample] = []
    warnings: list[str] = []
    if not problems:
        config = placed(config, chosen.config.parent)
        (base, one), (logged, two), (held_out, three) = (
            read(Path(config[name])) for name in ("base_set", "logged_set", "held_out")
        )  # fmt: skip
        train = merged(base, logged)
        warnings = data_warnings(train, config["training"]["max_length"])
        problems = [*one, *two, *three, *data_problems(train, held_out)]
        problems += library_problems(config["libraries"], quantise=config["quantise"])
        print(f"{len(train)} samples to train with, {len(held_out)} held out, one epoch, LoRA {config['lora']}")
        print(f"the adapter goes to {config['output']}")
    for line in [*warnings, *problems]:
        print(line, file=sys.stderr)
    if problems or chosen.check:
        return int(bool(problems))
    run(config, train, held_out, steps=chosen.steps)
    return 0


def run(config: dict[str, Any], train: list[Sample], held_out: list[Sample], *, steps: int) -> None:
    """TRL's supervised trainer over PEFT; the adapter ends in `output`, the loss on the held-out half is printed."""
    import torch
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import SFTConfig, SFTTrainer

    lora, training = config["lora"], config["training"]
    options: dict[str, Any] = {}
    if config["quantise"]:
        from transformers import BitsAndBytesConfig

        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
        )  # fmt: skip
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(config["model"], **options),
        processing_class=AutoTokenizer.from_pretrained(config["model"]),
        train_dataset=Dataset.from_list(train),
        eval_dataset=Dataset.from_list([{"messages": item["messages"]} for item in held_out]) if held_out else None,
        peft_config=LoraConfig(
            r=lora["r"], lora_alpha=lora["alpha"], lora_dropout=lora["dropout"],
            target_modules=lora["target_modules"], task_type="CAUSAL_LM",
        ),
        args=SFTConfig(
            output_dir=config["output"], num_train_epochs=training["epochs"], max_steps=steps, seed=training["seed"],
            learning_rate=training["learning_rate"], per_device_train_batch_size=training["batch_size"],
            gradient_accumulation_steps=training["gradient_accumulation"], max_length=training["max_length"],
            warmup_steps=warmup_steps(len(train), training), assistant_only_loss=False, report_to=[],
            use_cpu=not torch.cuda.is_available(), bf16=torch.cuda.is_available(),
        ),
    )  # fmt: skip
    trainer.train()
    if held_out:
        print(trainer.evaluate())
    trainer.save_model(config["output"])


def warmup_steps(samples: int, training: dict[str, Any]) -> int:
    """Steps of `warmup_ratio`: transformers 5 takes no ratio any more, and 4 takes steps as well."""
    a_step = training["batch_size"] * training["gradient_accumulation"]
    return round(training["warmup_ratio"] * training["epochs"] * ceil(samples / a_step))


if __name__ == "__main__":
    raise SystemExit(main())

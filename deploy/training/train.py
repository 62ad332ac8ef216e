"""Trains a LoRA adapter as qlora.yaml says. Needs what the product does not: pip install torch peft trl datasets."""

import argparse
import json
from pathlib import Path
from typing import Any

import yaml

Samples = list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path, nargs="?", default=Path(__file__).with_name("qlora.yaml"))
    parser.add_argument(
        "--check", action="store_true", help="read config and data, say what would be trained, and stop"
    )
    arguments = parser.parse_args()
    config = yaml.safe_load(arguments.config.read_text(encoding="utf-8"))
    check_recipe(config)
    train, held_out = merged(read(config["base_set"]), read(config["logged_set"])), read(config["held_out"])
    print(f"{len(train)} samples to train with, {len(held_out)} held out, one epoch, LoRA {config['lora']}")
    if not train:
        raise SystemExit("There is nothing to train with: framewright export-training")
    if not arguments.check:
        run(config, train, held_out)


def check_recipe(config: dict[str, Any]) -> None:
    """R4.6's bounds: another recipe is another experiment, and should say so in a config of its own."""
    lora, training = config["lora"], config["training"]
    wrong = [
        name
        for name, holds in {
            "training.epochs is 1": training["epochs"] == 1,
            "lora.r is 8 to 16": 8 <= lora["r"] <= 16,
            "lora.dropout is 0.1": lora["dropout"] == 0.1,
        }.items()
        if not holds
    ]
    if wrong:
        raise SystemExit(f"Not the recipe: {'; '.join(wrong)}")


def read(place: str) -> Samples:
    """Lines of JSON; none where there is no file."""
    path = Path(place)
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def merged(base: Samples, logged: Samples) -> Samples:
    """The base set, then what was logged; the same messages once."""
    seen: set[str] = set()
    whole: Samples = []
    for sample in [*base, *logged]:
        key = json.dumps(sample["messages"], ensure_ascii=False, sort_keys=True)
        if key not in seen:
            seen.add(key)
            whole.append({"messages": sample["messages"]})
    return whole


def run(config: dict[str, Any], train: Samples, held_out: Samples) -> None:
    """TRL's supervised trainer over PEFT; the adapter and its loss on the held-out half end in `output`."""
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
            output_dir=config["output"], num_train_epochs=training["epochs"], seed=training["seed"],
            learning_rate=training["learning_rate"], per_device_train_batch_size=training["batch_size"],
            gradient_accumulation_steps=training["gradient_accumulation"], max_length=training["max_length"],
            warmup_ratio=training["warmup_ratio"], assistant_only_loss=False, report_to=[],
        ),
    )  # fmt: skip
    trainer.train()
    if held_out:
        print(trainer.evaluate())
    trainer.save_model(config["output"])


if __name__ == "__main__":
    main()

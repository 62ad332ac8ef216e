"""What can be set of the simulated engine, at its start and while it runs."""

from pydantic import BaseModel, ConfigDict, Field


class Pace(BaseModel):
    """Times in seconds, sizes in tokens, rates as shares of the requests (0 to 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field("simulated", description="the model's name, also `root` of its card")
    context_window: int = Field(32_768, ge=16, description="longer prompts are refused, as vLLM does (max_model_len)")
    tokens_per_s: float = Field(40.0, gt=0, description="of one request that runs alone")
    slower_each: float = Field(
        0.11, ge=0, description="by what share each further request of the batch slows a step of all"
    )
    first_token_s: float = Field(0.2, ge=0, description="from a request's turn to its first token, beside its prefill")
    prefill_tokens_per_s: float = Field(8_000.0, gt=0, description="prompt tokens, shared by all that are read")
    max_num_seqs: int = Field(256, ge=1, description="requests that run at a time; the others wait")
    kv_cache_tokens: int = Field(400_000, ge=1, description="a request waits until its prompt and answer have room")
    queue_limit: int = Field(0, ge=0, description="requests that may wait before the next one gets 503; 0: any number")
    output_tokens: int = Field(0, ge=0, description="tokens of each answer, whatever its text; 0: four letters a token")
    error_rate: float = Field(0.0, ge=0, le=1, description="answered 500 before the first byte")
    break_rate: float = Field(0.0, ge=0, le=1, description="cut off in the middle, without a word")
    failed_rate: float = Field(0.0, ge=0, le=1, description="an error frame in the middle of the stream")
    out_of_memory: bool = Field(False, description="each request is answered as by a server whose engine core has died")
    stalled: bool = Field(False, description="accepts requests, and sends no token")
    endless: bool = Field(False, description="repeats its answer for ever; max_tokens is not held")
    reported_prompt_tokens: int = Field(
        0, ge=0, description="what usage says of a prompt, as a server that cut it off; 0: the truth"
    )
    seed: int = Field(1, description="which requests the rates hit")

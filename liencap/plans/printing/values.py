"""What a printed plan holds; frozen, without a model, with one canonical form as JSON."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field

from liencap.printing.building import build
from liencap.printing.paper import Header, Language, Signatory


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A task: its number in this plan, words, day (ISO) and who in the unit does it; `depth` 1 is a sub-task.

    `ref` leads back: "assignment:ID" for what was inherited, empty for the unit's own.
    """

    label: str
    text: str
    due: str = ""
    owner: str = ""
    depth: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """Everything that stands on the paper. `star` is the party's mark below the issuer; `sample` marks every page."""

    header: Header
    subject: str
    bases: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    implementation: tuple[str, ...] = ()
    signatory: Signatory = field(default_factory=Signatory)
    recipients: tuple[str, ...] = ()
    party: bool = False
    plan_hash: str = ""
    sample: bool = False
    language: Language = "vi"

    def to_json(self) -> str:
        """Return the canonical form: sorted keys, no spaces, letters as they are."""
        return json.dumps(
            dataclasses.asdict(self),
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
            allow_nan=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "PrintedPlan":
        """Build the values again; a missing or unknown key is a ValueError."""
        built: PrintedPlan = build(cls, json.loads(text))
        return built

    def digest(self) -> str:
        """Hash everything but the hash itself."""
        bare = dataclasses.replace(self, plan_hash="")
        return hashlib.sha256(bare.to_json().encode("utf-8", "surrogatepass")).hexdigest()

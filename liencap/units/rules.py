"""The units that a rule names."""

from dataclasses import dataclass

from liencap.units.models import Unit, UnitQuerySet


@dataclass(frozen=True, slots=True)
class Rule:
    """Which units: of tiers, under a unit, with an attribute, or named by code; empty asks nothing."""

    tiers: tuple[str, ...] = ()
    under: str = ""
    key: str = ""
    value: str = ""
    codes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the rule names nothing at all; such a rule chooses no unit."""
        return not (self.tiers or self.under or self.key or self.codes)


def units_by_rule(rule: Rule, within: Unit, *, itself: bool = True) -> UnitQuerySet:
    """Return the open units of a subtree that a rule names, in the order of their names."""
    if rule.is_empty:
        return Unit.objects.none()
    units = Unit.objects.all().below(within).filter(closed__isnull=True)
    if not itself:
        units = units.exclude(pk=within.pk)
    if rule.tiers:
        units = units.filter(tier__code__in=rule.tiers)
    if rule.under:
        top = Unit.objects.filter(code=rule.under).first()
        units = units.below(top) if top else units.none()
    if rule.key:
        held = Unit.objects.filter(
            attributes__key=rule.key, attributes__value=rule.value, attributes__until__isnull=True
        )
        units = units.filter(pk__in=held.values("pk"))
    if rule.codes:
        units = units.filter(code__in=rule.codes)
    return units.select_related("tier")

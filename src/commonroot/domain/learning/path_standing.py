"""Where somebody stands on a path: what both signed, and what each stage rests on."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from commonroot.domain.learning.path_evidence import (
    Evidence,
    Need,
    gather_all,
    gather_evidence,
)
from commonroot.domain.learning.path_models import (
    Path,
    PathReflection,
    PathStage,
    Signature,
)
from commonroot.domain.network.models import Place


def list_stages(region: Place) -> QuerySet[PathStage]:
    """List the stages of a region in their order."""
    return PathStage.objects.filter(region=region)


@dataclass(frozen=True)
class Standing:
    """A stage of a path: what it asks for and what there is, and who signed it."""

    stage: PathStage
    person_signed: Signature | None
    mentor_signed: Signature | None
    has_evidence: bool
    needs: Sequence[Need] = ()

    @property
    def reached_at(self) -> dt.datetime | None:
        """Give when both had signed it."""
        if self.person_signed is None or self.mentor_signed is None:
            return None
        return max(self.person_signed.at, self.mentor_signed.at)

    @property
    def is_reached(self) -> bool:
        """Say whether both signed it."""
        return self.reached_at is not None


def list_standing(path: Path, evidence: Evidence) -> list[Standing]:
    """List the stages of a path with what both signed."""
    standing = path.signatures.filter(taken_back=None).select_related("by")
    return set_beside(list(list_stages(path.region)), list(standing), evidence)


def set_beside(
    stages: Sequence[PathStage], standing: Sequence[Signature], evidence: Evidence
) -> list[Standing]:
    """Set signatures and evidence beside the stages they belong to."""
    signed = {(each.stage_id, each.as_mentor): each for each in reversed(standing)}
    return [
        Standing(
            stage,
            signed.get((stage.pk, False)),
            signed.get((stage.pk, True)),
            evidence.meets(stage),
            evidence.list_needs(stage),
        )
        for stage in stages
    ]


def share_out(
    standing: Sequence[Standing], reflections: Sequence[PathReflection]
) -> list[tuple[Standing, list[PathReflection]]]:
    """Give each reflection to the stage on the way to which it was written.

    What was written when every stage was reached belongs to the last.
    """
    shared: list[tuple[Standing, list[PathReflection]]] = [
        (each, []) for each in standing
    ]
    for reflection in reflections:
        for each, own in shared:
            if each.reached_at is None or reflection.at <= each.reached_at:
                own.append(reflection)
                break
        else:
            if shared:
                shared[-1][1].append(reflection)
    return shared


@dataclass(frozen=True)
class Ready:
    """Where somebody stands, and whether the evidence for the next stage is there."""

    path: Path
    reached: PathStage | None
    following: PathStage | None
    is_ready: bool


def tell_ready(path: Path) -> Ready:
    """Tell what somebody reached, and whether they are ready for what follows."""
    return read_ready(path, list_standing(path, gather_evidence(path.person)))


def tell_all_ready(paths: Collection[Path]) -> list[Ready]:
    """Tell it of many paths, in as many questions as of one."""
    evidence = gather_all({each.person_id for each in paths})
    stages: Mapping[object, list[PathStage]] = defaultdict(list)
    for stage in PathStage.objects.filter(
        region__in={each.region_id for each in paths}
    ):
        stages[stage.region_id].append(stage)
    signed: Mapping[uuid.UUID, list[Signature]] = defaultdict(list)
    for signature in Signature.objects.filter(path__in=paths, taken_back=None):
        signed[signature.path_id].append(signature)
    return [
        read_ready(
            each,
            set_beside(
                stages[each.region_id], signed[each.pk], evidence[each.person_id]
            ),
        )
        for each in paths
    ]


def read_ready(path: Path, stages: Sequence[Standing]) -> Ready:
    """Read from the stages of a path where somebody stands."""
    reached = None
    for each in stages:
        if not each.is_reached:
            return Ready(path, reached, each.stage, each.has_evidence)
        reached = each.stage
    return Ready(path, reached, None, False)

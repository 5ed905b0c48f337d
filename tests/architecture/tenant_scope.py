"""Query levels of a parsed statement: which relation a column belongs to and which relations are tied to the tenant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pglast import ast
from pglast.enums.parsenodes import A_Expr_Kind
from pglast.enums.primnodes import BoolExprType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Output:
    """A column of a query's result, and whether it holds the tenant for certain."""

    name: str | None
    is_tenant: bool


@dataclass(eq=False, slots=True)
class Relation:
    """One item of a FROM list. `columns` None means unknown; `keys` are the columns that hold its tenant."""

    alias: str
    label: str
    columns: tuple[str, ...] | None
    keys: frozenset[str]
    must_be_tied: bool = False
    tied: bool = False

    def become(self, outputs: Sequence[Output] | None, names: Sequence[str] = ()) -> None:
        """Take the columns of a derived table; `names` are those of its alias, in order."""
        if outputs is None:
            return
        renamed = [names[index] if index < len(names) else output.name for index, output in enumerate(outputs)]
        self.columns = tuple(name or "?column?" for name in renamed)
        tenants = {name for name, output in zip(renamed, outputs, strict=True) if name and output.is_tenant}
        self.keys = frozenset(name for name in tenants if renamed.count(name) == 1)
        self.tied = bool(self.keys)


@dataclass(frozen=True, slots=True)
class Condition:
    """A conjunct that rows must meet, and the relations whose rows it removes when they do not."""

    test: object
    filters: Sequence[Relation]


@dataclass(eq=False, slots=True)
class Level:
    """One SELECT, UPDATE, DELETE or INSERT with what it sees: its relations, CTEs and the levels around it."""

    parent: Level | None
    tenant_bound: bool
    ctes: dict[str, Sequence[Output] | None] = field(default_factory=dict[str, "Sequence[Output] | None"])
    relations: list[Relation] = field(default_factory=list[Relation])
    conditions: list[Condition] = field(default_factory=list[Condition])

    def owner(self, reference: object) -> tuple[Relation, str] | None:
        """The relation and column that a plain or once-qualified column reference means; None where unsure."""
        if not isinstance(reference, ast.ColumnRef):
            return None
        parts = [part.sval for part in reference.fields or () if isinstance(part, ast.String)]
        if len(parts) != len(reference.fields or ()) or len(parts) not in {1, 2}:
            return None
        column = parts[-1] or ""
        if len(parts) == 1:
            holders = [item for item in self.relations if item.columns is not None and column in item.columns]
            unsure = any(item.columns is None for item in self.relations)
        else:
            holders = [item for item in self.relations if item.alias == parts[0]]
            unsure = False
        if holders:
            return (holders[0], column) if len(holders) == 1 else None
        return None if unsure or self.parent is None else self.parent.owner(reference)

    def is_tenant(self, expression: object) -> bool:
        """Whether the expression is the bound tenant, or the tenant column of a relation already tied to it."""
        while isinstance(expression, ast.TypeCast):
            expression = expression.arg
            if not isinstance(expression, ast.ParamRef):
                return False
        if isinstance(expression, ast.ParamRef):
            return self.tenant_bound and expression.number == 1
        found = self.owner(expression)
        return found is not None and found[0].tied and found[1] in found[0].keys

    def tie(self) -> None:
        """Mark every relation that the conditions tie to the tenant, however long the chain of equations."""
        equations = [
            (side, other, condition.filters)
            for condition in self.conditions
            for left, right in _equations(condition.test)
            for side, other in ((left, right), (right, left))
        ]
        progress = True
        while progress:
            progress = False
            for side, other, filters in equations:
                found = self.owner(side)
                if found is None or found[0].tied or found[0] not in filters or found[1] not in found[0].keys:
                    continue
                if self.is_tenant(other):
                    found[0].tied = progress = True


def conjuncts(expression: object) -> Iterator[object]:
    """The AND-ed parts of a condition; an OR or a NOT is one part."""
    if isinstance(expression, ast.BoolExpr) and expression.boolop == BoolExprType.AND_EXPR:
        for argument in expression.args or ():
            yield from conjuncts(argument)
    elif expression is not None:
        yield expression


def _equations(expression: object) -> Iterator[tuple[object, object]]:
    """The pairs that a plain `=` sets equal, row by row for `(a, b) = (c, d)`."""
    if not isinstance(expression, ast.A_Expr) or expression.kind != A_Expr_Kind.AEXPR_OP:
        return
    if [part.sval for part in expression.name or ()] != ["="]:
        return
    left, right = expression.lexpr, expression.rexpr
    if isinstance(left, ast.RowExpr) and isinstance(right, ast.RowExpr):
        yield from zip(left.args or (), right.args or (), strict=False)
    else:
        yield left, right


def using_equations(left: Sequence[Relation], right: Sequence[Relation], column: str) -> Iterator[ast.A_Expr]:
    """What `JOIN … USING (column)` sets equal, as expressions."""
    for one in left:
        for other in right:
            if column in one.keys and column in other.keys:
                yield ast.A_Expr(
                    kind=A_Expr_Kind.AEXPR_OP,
                    name=(ast.String("="),),
                    lexpr=ast.ColumnRef(fields=(ast.String(one.alias), ast.String(column))),
                    rexpr=ast.ColumnRef(fields=(ast.String(other.alias), ast.String(column))),
                )

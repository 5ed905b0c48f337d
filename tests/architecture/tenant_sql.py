"""The tenant-SQL checker (PRODUCT §3.2a): every reference to a tenant table must be tied to the bound tenant.

A reference is tied when an AND-ed equation of WHERE, or of the ON that decides its rows, sets its tenant column equal
to `$1` or to the tenant column of a relation already tied, in the same query level or one around it. What the checker
does not understand it refuses. Development only: pglast's licence is the GPL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pglast import ast, parse_sql
from pglast.enums.nodes import JoinType
from pglast.enums.parsenodes import SetOperation
from pglast.parser import ParseError

from tests.architecture.foundation import EXEMPT_SCHEMAS, EXEMPT_TABLES, Schema
from tests.architecture.tenant_scope import Condition, Level, Output, Relation, conjuncts, using_equations

QUERY_TYPES = (ast.SelectStmt, ast.InsertStmt, ast.UpdateStmt, ast.DeleteStmt)
Query = ast.SelectStmt | ast.InsertStmt | ast.UpdateStmt | ast.DeleteStmt
Outputs = Sequence[Output] | None
# Parts of a statement that are walked by structure, not as expressions.
STRUCTURE = frozenset({"withClause", "fromClause", "usingClause", "relation", "larg", "rarg", "selectStmt"})


def violations(sql: str, schema: Schema, *, tenant_bound: bool = True) -> list[str]:
    """What is wrong with the statement, empty for none; `tenant_bound` says that `$1` is the tenant."""
    try:
        statements = parse_sql(sql)
    except ParseError as error:
        return [f"does not parse: {error}"]
    if len(statements) != 1:
        return [f"holds {len(statements)} statements"]
    statement = statements[0].stmt
    if not isinstance(statement, QUERY_TYPES):
        return [f"{type(statement).__name__} is not a statement the checker knows"]
    checker = _Checker(schema, tenant_bound=tenant_bound)
    checker.query(statement, parent=None, ctes={})
    for table in _tables(statement):
        if id(table) not in checker.seen:
            checker.refuse(f"{table.relname} stands where the checker does not look")
    return sorted(set(checker.found))


class _Checker:
    def __init__(self, schema: Schema, *, tenant_bound: bool) -> None:
        self.schema = schema
        self.tenant_bound = tenant_bound
        self.found: list[str] = []
        self.seen: set[int] = set()

    def refuse(self, message: str) -> None:
        self.found.append(message)

    def query(self, statement: Query, parent: Level | None, ctes: dict[str, Outputs]) -> Outputs:
        """Check the statement and all below it; returns its output columns, None where they are unknown."""
        level = Level(parent, self.tenant_bound, dict(ctes))
        self.with_clause(statement.withClause, level)
        if isinstance(statement, ast.SelectStmt):
            return self.select(statement, level)
        if isinstance(statement, ast.InsertStmt):
            return self.insert(statement, level)
        target = self.table(statement.relation, level, is_target=True)
        items = statement.fromClause if isinstance(statement, ast.UpdateStmt) else statement.usingClause
        if isinstance(statement, ast.UpdateStmt):
            self.refuse_new_tenant(statement.targetList, target)
        self.settle(statement, items, level)
        return self.returning(statement.returningClause, level)

    def with_clause(self, clause: ast.WithClause | None, level: Level) -> None:
        for cte in (clause.ctes or ()) if clause else ():
            if not isinstance(cte.ctequery, QUERY_TYPES):
                self.refuse(f"WITH {cte.ctename}: {type(cte.ctequery).__name__} is not a statement the checker knows")
            elif clause and clause.recursive and isinstance(cte.ctequery, ast.SelectStmt) and cte.ctequery.larg:
                level.ctes[cte.ctename] = self.recursive(cte, cte.ctequery, level)
            else:
                outputs = self.query(cte.ctequery, level.parent, level.ctes)
                level.ctes[cte.ctename] = _renamed(outputs, cte.aliascolnames)

    def recursive(self, cte: ast.CommonTableExpr, query: ast.SelectStmt, level: Level) -> Outputs:
        """The columns of a recursive query: the tenant enters by its first arm, and each round must keep it."""
        before = list(self.found)
        assumed = _renamed(self.query(query.larg or query, level.parent, level.ctes), cte.aliascolnames)
        for _ in range(5):
            self.found = list(before)
            kept = _renamed(
                self.query(query, level.parent, {**level.ctes, cte.ctename or "": assumed}), cte.aliascolnames
            )
            if kept == assumed:
                return kept
            assumed = kept
        self.refuse(f"WITH RECURSIVE {cte.ctename}: its columns cannot be followed")
        return None

    def select(self, statement: ast.SelectStmt, level: Level) -> Outputs:
        if statement.op != SetOperation.SETOP_NONE and statement.larg and statement.rarg:
            left = self.query(statement.larg, level.parent, level.ctes)
            right = self.query(statement.rarg, level.parent, level.ctes)
            self.nested(statement, level)
            if left is None or right is None or len(left) != len(right):
                return None
            return [Output(a.name, a.is_tenant and b.is_tenant) for a, b in zip(left, right, strict=True)]
        self.settle(statement, statement.fromClause, level)
        if statement.valuesLists:
            columns = zip(*statement.valuesLists, strict=True)
            return [Output(f"column{n}", all(map(level.is_tenant, cells))) for n, cells in enumerate(columns, 1)]
        return self.outputs(statement.targetList, level, merged=_has_using(statement.fromClause))

    def insert(self, statement: ast.InsertStmt, level: Level) -> Outputs:
        source = None
        if isinstance(statement.selectStmt, ast.SelectStmt):
            source = self.query(statement.selectStmt, level.parent, level.ctes)
        target = self.table(statement.relation, level, is_target=True)
        if target.must_be_tied:
            names = [column.name for column in statement.cols or ()]
            place = next((index for index, name in enumerate(names) if name in target.keys), None)
            target.tied = source is not None and place is not None and place < len(source) and source[place].is_tenant
        if statement.onConflictClause:
            self.refuse_new_tenant(statement.onConflictClause.targetList, target)
            excluded = Relation("excluded", "excluded", target.columns, target.keys, tied=target.tied)
            level.relations.append(excluded)
        self.settle(statement, (), level)
        return self.returning(statement.returningClause, level)

    def refuse_new_tenant(self, assignments: Sequence[ast.ResTarget] | None, target: Relation) -> None:
        if any(assignment.name in target.keys for assignment in assignments or ()):
            self.refuse(f"{target.label}: an update must not assign the tenant")

    def settle(self, statement: Query, items: Sequence[object] | None, level: Level) -> None:
        """Tie the level's relations, then judge them, then look into its sub-selects."""
        laterals: list[tuple[Relation, ast.RangeSubselect]] = []
        expressions: list[object] = []
        for item in items or ():
            self.item(item, level, laterals, expressions)
        if not isinstance(statement, ast.InsertStmt):
            level.conditions += [Condition(test, level.relations) for test in conjuncts(statement.whereClause)]
        level.tie()
        for relation, lateral in laterals:
            relation.become(self.derived(lateral, level, level), _alias_columns(lateral.alias))
            level.tie()
        for relation in level.relations:
            if relation.must_be_tied and not relation.tied:
                self.refuse(f"{relation.label} is not tied to the tenant")
        self.nested(statement, level)
        for expression in expressions:
            self.expression(expression, level)

    def item(
        self, item: object, level: Level, laterals: list[tuple[Relation, ast.RangeSubselect]], expressions: list[object]
    ) -> list[Relation]:
        """Add a FROM item's relations to the level; returns them."""
        if isinstance(item, ast.RangeTableSample):
            return self.item(item.relation, level, laterals, expressions)
        if isinstance(item, ast.RangeVar):
            return [self.table(item, level)]
        if isinstance(item, ast.JoinExpr):
            return self.join(item, level, laterals, expressions)
        alias = getattr(item, "alias", None)
        name = alias.aliasname if isinstance(alias, ast.Alias) and alias.aliasname else ""
        relation = Relation(name, name or "an item without alias", None, frozenset())
        level.relations.append(relation)
        if not isinstance(item, ast.RangeSubselect):
            expressions.append(item)
        elif item.lateral:
            laterals.append((relation, item))
        else:
            relation.become(self.derived(item, level.parent, level), _alias_columns(item.alias))
        return [relation]

    def join(
        self,
        item: ast.JoinExpr,
        level: Level,
        laterals: list[tuple[Relation, ast.RangeSubselect]],
        expressions: list[object],
    ) -> list[Relation]:
        left = self.item(item.larg, level, laterals, expressions)
        right = self.item(item.rarg, level, laterals, expressions)
        if item.alias:
            self.refuse("a join with an alias of its own hides its relations")
        filters = {
            JoinType.JOIN_INNER: [*left, *right],
            JoinType.JOIN_LEFT: right,
            JoinType.JOIN_RIGHT: left,
        }.get(JoinType(item.jointype or 0), [])
        level.conditions += [Condition(test, filters) for test in conjuncts(item.quals)]
        for column in item.usingClause or ():
            level.conditions += [Condition(test, filters) for test in using_equations(left, right, column.sval)]
        expressions.append(item.quals)
        return [*left, *right]

    def derived(self, item: ast.RangeSubselect, parent: Level | None, level: Level) -> Outputs:
        return self.query(item.subquery, parent, level.ctes) if isinstance(item.subquery, QUERY_TYPES) else None

    def table(self, item: ast.RangeVar | None, level: Level, *, is_target: bool = False) -> Relation:
        """Add a named relation to the level: a CTE, a table of the foundation, or one of the exempt."""
        if item is None or not item.relname:
            raise AssertionError("the parser gave a relation without a name")
        self.seen.add(id(item))
        alias = item.alias.aliasname if item.alias and item.alias.aliasname else item.relname
        label = item.relname if alias == item.relname else f"{item.relname} AS {alias}"
        relation = Relation(alias, label, None, frozenset())
        level.relations.append(relation)
        if item.schemaname in EXEMPT_SCHEMAS:
            return relation
        if item.relname in level.ctes and not item.schemaname and not is_target:
            relation.become(level.ctes[item.relname], _alias_columns(item.alias))
        elif item.schemaname not in {None, "public"} or item.relname not in self.schema.tables:
            self.refuse(f"{label} is not a table of the foundation")
        elif item.alias and item.alias.colnames:
            self.refuse(f"{label} renames the columns of a table")
        else:
            key = self.schema.tenant_key(item.relname)
            if key is None and item.relname not in EXEMPT_TABLES:
                self.refuse(f"{label} has no tenant and is not exempt")
            relation.columns = self.schema.tables[item.relname]
            relation.keys = frozenset({key} if key else ())
            relation.must_be_tied = self.schema.is_tenant_table(item.relname)
        return relation

    def nested(self, statement: Query, level: Level) -> None:
        for attribute in statement:
            if attribute not in STRUCTURE:
                self.expression(getattr(statement, attribute), level)

    def expression(self, node: object, level: Level) -> None:
        """Check the sub-selects inside an expression."""
        for query in _queries(node):
            self.query(query, level, level.ctes)

    def returning(self, clause: ast.ReturningClause | None, level: Level) -> Outputs:
        return self.outputs(clause.exprs, level, merged=False) if clause else []

    def outputs(self, targets: Sequence[ast.ResTarget] | None, level: Level, *, merged: bool) -> Outputs:
        """The result columns; None where a star hides them."""
        result: list[Output] = []
        for target in targets or ():
            fields = target.val.fields or () if isinstance(target.val, ast.ColumnRef) else ()
            if not fields or not isinstance(fields[-1], ast.A_Star):
                name = target.name or (fields[-1].sval if fields else None)
                result.append(Output(name, level.is_tenant(target.val)))
                continue
            wanted = fields[0].sval if len(fields) > 1 else None
            for relation in level.relations:
                if wanted in {None, relation.alias}:
                    if relation.columns is None or merged:
                        return None
                    result += [Output(name, relation.tied and name in relation.keys) for name in relation.columns]
        return result


def _renamed(outputs: Outputs, names: Sequence[ast.String] | None) -> Outputs:
    if outputs is None or not names:
        return outputs
    given = [name.sval for name in names]
    return [
        Output(given[place] if place < len(given) else output.name, output.is_tenant)
        for place, output in enumerate(outputs)
    ]


def _alias_columns(alias: ast.Alias | None) -> list[str]:
    return [name.sval for name in alias.colnames or ()] if alias else []


def _has_using(items: Sequence[object] | None) -> bool:
    return any(isinstance(node, ast.JoinExpr) and (node.usingClause or node.isNatural) for node in _walk(items))


def _walk(node: object, *, into_queries: bool = True) -> Iterator[ast.Node]:
    """The nodes at and below this one; without `into_queries` it stops at each query it meets."""
    if isinstance(node, tuple | list):
        for element in node:  # pyright: ignore[reportUnknownVariableType]
            yield from _walk(element, into_queries=into_queries)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(node, ast.Node):
        yield node
        if into_queries or not isinstance(node, QUERY_TYPES):
            for attribute in node:
                yield from _walk(getattr(node, attribute), into_queries=into_queries)


def _queries(node: object) -> Iterator[Query]:
    for found in _walk(node, into_queries=False):
        if isinstance(found, QUERY_TYPES):
            yield found


def _tables(node: object) -> Iterator[ast.RangeVar]:
    """Every table named in the statement, the `FOR UPDATE OF` lists aside, which name aliases."""
    locked = {
        id(table)
        for clause in _walk(node)
        if isinstance(clause, ast.LockingClause)
        for table in _walk(clause.lockedRels)
    }
    return (found for found in _walk(node) if isinstance(found, ast.RangeVar) and id(found) not in locked)

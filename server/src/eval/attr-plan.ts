import type { AttrName, AttrSetExpr, Binding, Expr, LetExpr } from '../nix/syntax';

/**
 * What a set of bindings amounts to: `a.b = 1; a.c = 2;` and `a = { b = 1; }; a.c = 2;` are one attribute `a`.
 * Source of the rule: Nix's parser.y (`addAttr`). A second definition of the same attribute is ignored here; that it is
 * an error is said elsewhere.
 */
export interface Plan {
  readonly origin: Expr;
  readonly recursive: boolean;
  readonly entries: ReadonlyMap<string, PlanEntry>;
  readonly dynamic: readonly DynamicEntry[];
  readonly damaged: boolean;
}

export type PlanEntry =
  | { readonly kind: 'expr'; readonly expr: Expr; readonly at: AttrName }
  | { readonly kind: 'set'; readonly plan: Plan; readonly at: AttrName }
  | { readonly kind: 'inherit'; readonly from: Expr | null; readonly at: AttrName };

/** An attribute whose name is computed. */
export interface DynamicEntry {
  readonly name: AttrName;
  readonly value: { readonly expr: Expr } | { readonly plan: Plan };
}

/** Two definitions of one attribute in the same set, which Nix refuses. */
export interface DuplicateAttr {
  readonly first: AttrName;
  readonly second: AttrName;
}

/** Whether two plans are of the same set: in the same scope they come to the same. */
export function samePlan(a: Plan, b: Plan): boolean {
  return a === b || (a.origin === b.origin && !a.recursive && !b.recursive && bindSame(a, b));
}

/** Whether two plans bind the same names to the same syntax. */
export function bindSame(a: Plan, b: Plan): boolean {
  if (a.damaged || b.damaged || a.dynamic.length > 0 || b.dynamic.length > 0) return false;
  if (a.entries.size !== b.entries.size) return false;
  const others = b.entries.entries();
  for (const [name, entry] of a.entries) {
    const [otherName, other] = others.next().value as [string, PlanEntry];
    if (name !== otherName || !sameEntry(entry, other)) return false;
  }
  return true;
}

function sameEntry(a: PlanEntry, b: PlanEntry): boolean {
  if (a.at !== b.at) return false;
  switch (a.kind) {
    case 'expr':
      return b.kind === 'expr' && a.expr === b.expr;
    case 'set':
      return b.kind === 'set' && samePlan(a.plan, b.plan);
    case 'inherit':
      return b.kind === 'inherit' && a.from === b.from;
  }
}

class OpenPlan implements Plan {
  readonly entries = new Map<string, PlanEntry>();
  readonly dynamic: DynamicEntry[] = [];
  constructor(
    readonly origin: Expr,
    readonly recursive: boolean,
    public damaged: boolean,
  ) {}
}

const plans = new WeakMap<Expr, Plan>();

/** The plan of a set or of the names of a `let`; computed once per syntax. */
export function planOf(expr: AttrSetExpr | LetExpr): Plan {
  const known = plans.get(expr);
  if (known !== undefined) return known;
  const plan = new OpenPlan(expr, expr.kind === 'let' || expr.recursive, expr.damaged);
  for (const binding of expr.bindings) addBinding(plan, binding, null);
  plans.set(expr, plan);
  return plan;
}

/** Attributes that a set of bindings defines twice. */
export function duplicatesIn(expr: AttrSetExpr | LetExpr): DuplicateAttr[] {
  const duplicates: DuplicateAttr[] = [];
  const plan = new OpenPlan(expr, false, false);
  for (const binding of expr.bindings) addBinding(plan, binding, duplicates);
  return duplicates;
}

function addBinding(plan: OpenPlan, binding: Binding, duplicates: DuplicateAttr[] | null): void {
  if (binding.kind === 'inherit') {
    for (const name of binding.names) {
      if (name.text === null) plan.damaged = true;
      else addEntry(plan, name.text, { kind: 'inherit', from: binding.from, at: name }, duplicates);
    }
    return;
  }
  let target = plan;
  for (const [index, name] of binding.path.entries()) {
    const last = index === binding.path.length - 1;
    if (name.text === null) {
      target.dynamic.push({ name, value: restOf(binding.path.slice(index + 1), binding.value) });
      return;
    }
    if (last) {
      addEntry(target, name.text, { kind: 'expr', expr: binding.value, at: name }, duplicates);
      return;
    }
    const below = openSet(target, name.text, name, binding.value, duplicates);
    if (below === null) return;
    target = below;
  }
}

function restOf(path: readonly AttrName[], value: Expr): DynamicEntry['value'] {
  const [name] = path;
  if (name === undefined) return { expr: value };
  const plan = new OpenPlan(value, false, false);
  if (name.text === null) plan.dynamic.push({ name, value: restOf(path.slice(1), value) });
  else {
    const rest = restOf(path.slice(1), value);
    plan.entries.set(
      name.text,
      'plan' in rest
        ? { kind: 'set', plan: rest.plan, at: name }
        : { kind: 'expr', expr: rest.expr, at: name },
    );
  }
  return { plan };
}

/** The set under a name, to add to; null when what stands there is no set. */
function openSet(
  plan: OpenPlan,
  name: string,
  at: AttrName,
  origin: Expr,
  duplicates: DuplicateAttr[] | null,
): OpenPlan | null {
  const existing = plan.entries.get(name);
  if (existing === undefined) {
    const below = new OpenPlan(origin, false, false);
    plan.entries.set(name, { kind: 'set', plan: below, at });
    return below;
  }
  if (existing.kind === 'set') return existing.plan as OpenPlan;
  if (existing.kind === 'expr' && existing.expr.kind === 'attrs') {
    const below = literal(existing.expr);
    plan.entries.set(name, { kind: 'set', plan: below, at: existing.at });
    return below;
  }
  duplicates?.push({ first: existing.at, second: at });
  return null;
}

function addEntry(plan: OpenPlan, name: string, entry: PlanEntry, duplicates: DuplicateAttr[] | null): void {
  const existing = plan.entries.get(name);
  if (existing === undefined) {
    plan.entries.set(name, entry);
    return;
  }
  const below =
    entry.kind === 'expr' && entry.expr.kind === 'attrs'
      ? openSet(plan, name, entry.at, entry.expr, duplicates)
      : null;
  if (below === null) {
    if (entry.kind !== 'expr' || entry.expr.kind !== 'attrs')
      duplicates?.push({ first: existing.at, second: entry.at });
    return;
  }
  if (entry.kind === 'expr' && entry.expr.kind === 'attrs') {
    if (entry.expr.damaged) below.damaged = true;
    for (const binding of entry.expr.bindings) addBinding(below, binding, duplicates);
  }
}

function literal(expr: AttrSetExpr): OpenPlan {
  const plan = new OpenPlan(expr, expr.recursive, expr.damaged);
  for (const binding of expr.bindings) addBinding(plan, binding, null);
  return plan;
}

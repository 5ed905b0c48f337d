/** A section that is a handful of fields. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/lib/session/session';
import type { ApiProblem } from '@/lib/api/problem';
import { Field, type Value } from './Field';
import { judge } from './judge';
import { SAVE, sectionsQuery, type SectionName, type Sections, type Served, type ValuesOf } from './queries';
import { SectionFrame, type Difference } from './SectionFrame';
import styles from './Settings.module.css';
import { useDraft } from './useDraft';
import { fieldName, sayValue } from './words';

interface Props<Name extends SectionName> {
  readonly name: Name;
  readonly served: Sections[Name];
}

export function FieldSection<Name extends SectionName>({ name, served }: Props<Name>) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  type Values = ValuesOf<Name>;
  const section: SectionName = name;
  const draft = useDraft<Values>({
    served,
    title: t(`settings.section.${section}`),
    save: SAVE[name],
    onSaved: (saved: Served<Values>) => {
      cache.setQueryData(sectionsQuery.queryKey, (known) => known && { ...known, [name]: saved });
      if (name === 'company' || name === 'agent') void cache.invalidateQueries({ queryKey: meQuery.queryKey });
    },
    rebase: (mine, base, current) => ({ ...current, ...changed(mine, base) }),
    currentOf: (problem) => valuesOf(problem, served.values),
  });
  const verdicts = judge(draft.values, t);
  const error = (field: string) => verdicts[field] ?? (draft.refused.includes(field) ? t('settings.judge.refused') : undefined);
  const current = draft.conflict?.current.values;
  const differences: readonly Difference[] = current
    ? Object.entries(draft.values)
        .filter(([field, value]) => !same(value, entry(current, field)))
        .map(([field, value]) => ({
          field: fieldName(field, t),
          mine: sayValue(field, value, t, i18n.language),
          theirs: sayValue(field, entry(current, field), t, i18n.language),
        }))
    : [];
  return (
    <SectionFrame
      id={name}
      dirty={draft.dirty}
      saving={draft.saving}
      good={Object.keys(verdicts).length === 0}
      conflict={draft.conflict}
      differences={differences}
      onSave={draft.save}
      onDiscard={draft.discard}
    >
      <div className={styles['fields']}>
        {(Object.entries(draft.values) as [string, Value][]).map(([field, value]) => (
          <Field
            key={field}
            field={field}
            value={value}
            error={error(field)}
            beside={{ ...draft.values }}
            onValue={(next) => draft.set({ ...draft.values, ...(field === 'holiday_country' && { holiday_region: '' }), [field]: next })}
          />
        ))}
      </div>
    </SectionFrame>
  );
}

function entry(values: object, field: string): unknown {
  return (values as Record<string, unknown>)[field];
}

function changed<Values extends object>(mine: Values, base: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(mine).filter(([field, value]) => !same(value, entry(base, field)))) as Partial<Values>;
}

/** Hours are compared by what they say. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The present values that a refusal tells, where it has every field of ours. */
function valuesOf<Values extends object>(problem: ApiProblem, like: Values): Values | undefined {
  const told = problem.members['current'];
  if (typeof told !== 'object' || told === null) return undefined;
  return Object.keys(like).every((field) => field in told) ? (told as Values) : undefined;
}

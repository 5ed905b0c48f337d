/** A section while it is edited: saved on what was read; where that has changed meanwhile, both values are at hand. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { asProblem, type ApiProblem } from '@/lib/api/problem';
import type { Served } from './queries';

interface Ways<Values> {
  /** What the server said last. */
  readonly served: Served<Values>;
  readonly save: (body: Served<Values>) => Promise<Served<Values>>;
  readonly onSaved: (served: Served<Values>) => void;
  /** Mine, which was made of `base`, on top of what is saved now. */
  readonly rebase: (mine: Values, base: Values, current: Values) => Values;
  /** The values of a refusal with the present ones; undefined where they cannot be read. */
  readonly currentOf: (problem: ApiProblem) => Values | undefined;
  readonly title: string;
  /** Whether saving the one again takes the other back; by itself it does. */
  readonly mayUndo?: (was: Values, became: Values) => boolean;
}

export interface Conflict<Values> {
  readonly current: Served<Values>;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

export interface Draft<Values> {
  readonly values: Values;
  readonly base: Values;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** Fields that the server did not accept. */
  readonly refused: readonly string[];
  readonly conflict: Conflict<Values> | null;
  readonly set: (values: Values) => void;
  readonly save: () => void;
  readonly discard: () => void;
}

export function useDraft<Values>(ways: Ways<Values>): Draft<Values> {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<{ readonly base: Served<Values>; readonly values: Values } | null>(null);
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [theirs, setTheirs] = useState<Served<Values> | null>(null);
  const forget = () => {
    setDraft(null);
    setTheirs(null);
    setRefused([]);
  };
  const send = async (base: Served<Values>, values: Values, back: Values | null) => {
    setSaving(true);
    setRefused([]);
    try {
      const saved = await ways.save({ version: base.version, values });
      ways.onSaved(saved);
      forget();
      // Undoing is another save on what this one left.
      toast(t('settings.saved', { section: ways.title }), back === null || ways.mayUndo?.(back, saved.values) === false ? undefined : () => void send(saved, back, null));
    } catch (error) {
      const problem = asProblem(error);
      const current = ways.currentOf(problem);
      const version = problem.members['version'];
      if (problem.code === 'settings_changed' && current !== undefined && typeof version === 'string') {
        setDraft({ base, values });
        setTheirs({ version, values: current });
      } else {
        setRefused(fieldsOf(problem));
        toastProblem(error);
      }
    } finally {
      setSaving(false);
    }
  };
  const base = draft?.base ?? ways.served;
  return {
    values: draft?.values ?? ways.served.values,
    base: base.values,
    dirty: draft !== null,
    saving,
    refused,
    conflict: theirs && draft && {
      current: theirs,
      keepMine: () => {
        const mine = ways.rebase(draft.values, draft.base.values, theirs.values);
        setTheirs(null);
        setDraft({ base: theirs, values: mine });
        void send(theirs, mine, theirs.values);
      },
      takeTheirs: () => {
        ways.onSaved(theirs);
        forget();
      },
    },
    set: (values) => {
      setRefused([]);
      setDraft(same(values, base.values) ? null : { base, values });
    },
    save: () => {
      if (draft && !saving) void send(draft.base, draft.values, draft.base.values);
    },
    discard: forget,
  };
}

function same<Values>(one: Values, other: Values): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Where the server found something malformed. */
export function fieldsOf(problem: ApiProblem): readonly string[] {
  const errors = problem.members['errors'];
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const loc = typeof error === 'object' && error !== null && 'loc' in error ? error.loc : undefined;
    const last: unknown = Array.isArray(loc) ? loc.at(-1) : undefined;
    return typeof last === 'string' ? [last] : [];
  });
}

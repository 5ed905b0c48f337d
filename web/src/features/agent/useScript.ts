/** The script while it is written: kept as a draft on ⌘S, published on purpose; what somebody else wrote is not lost. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify, toast, toastProblem, toastWayOut } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { changesOf, judge, same, type Change, type Field } from './changes';
import { discardDraft, publish, saveDraft, scriptKeys, scriptQuery, type Script, type Served } from './queries';

export interface Writing {
  readonly script: Script;
  readonly set: (changed: Partial<Script>) => void;
  /** Written here and not kept yet. */
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly wrong: Readonly<Partial<Record<Field, string>>>;
  /** What would change for customers. */
  readonly changes: readonly Change[];
  /** Whether it is kept; also true where there was nothing to keep. */
  readonly save: () => Promise<boolean>;
  readonly discard: () => void;
  readonly publish: () => Promise<boolean>;
}

export function useScript(served: Served): Writing {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [mine, setMine] = useState<Script | null>(null);
  const [busy, setBusy] = useState(false);
  const live = served.live;
  const kept = (served.draft?.script ?? served.live);
  const script = mine ?? kept;
  const wrong = judge(script, t);
  const adopt = (fresh: Served) => {
    cache.setQueryData(scriptQuery.queryKey, fresh);
    setMine(null);
  };
  const attempt = async (act: () => Promise<Served>): Promise<Served | null> => {
    setBusy(true);
    try {
      const fresh = await act();
      adopt(fresh);
      return fresh;
    } catch (error) {
      const { code } = asProblem(error);
      if (code === 'script_changed') toastWayOut(error, t('agentPage.takeTheirs'), () => void refresh());
      else toastProblem(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const refresh = async () => {
    await cache.invalidateQueries({ queryKey: scriptKeys.script, exact: true });
    setMine(null);
  };
  const save = async (): Promise<boolean> => {
    if (mine === null) return true;
    if (Object.keys(wrong).length > 0) {
      notify(Object.values(wrong)[0] ?? '');
      return false;
    }
    const tidy = { ...mine, never: mine.never.filter((line) => line.trim() !== '') };
    return (await attempt(() => saveDraft(tidy, served.version))) !== null;
  };
  return {
    script,
    set: (changed) => {
      const next = { ...script, ...changed };
      setMine(same(next, kept) ? null : next);
    },
    dirty: mine !== null,
    busy,
    wrong,
    changes: changesOf(live, script, t),
    save,
    discard: () => {
      const before = script;
      void attempt(discardDraft).then((fresh) => {
        if (fresh) toast(t('agentPage.discarded'), () => void attempt(() => saveDraft(before, fresh.version)));
      });
    },
    publish: async () => {
      if (!(await save())) return false;
      const now = cache.getQueryData(scriptQuery.queryKey) ?? served;
      const fresh = await attempt(() => publish(now.version));
      if (fresh) {
        void cache.invalidateQueries({ queryKey: scriptKeys.versions });
        notify(t('agentPage.published', { number: fresh.number ?? 1, name: fresh.live.agent_name }));
      }
      return fresh !== null;
    },
  };
}

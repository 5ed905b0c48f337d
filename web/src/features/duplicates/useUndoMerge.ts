/** Take a merge back and say what stayed with the survivor. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notify, toastProblem } from '@/components/toast';
import { duplicateKeys, undo } from './queries';

export function useUndoMerge(): (mergeId: number) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return (mergeId) => {
    undo(mergeId).then(
      ({ stayed, kept_fields: kept, since }) => {
        const left = stayed + kept.length + since.messages + since.meetings + since.tasks;
        notify(left === 0 ? t('duplicates.undone') : t('duplicates.undoneBut', { count: left }));
        void cache.invalidateQueries({ queryKey: duplicateKeys.pairs });
        void cache.invalidateQueries({ queryKey: duplicateKeys.merges });
      },
      (error: unknown) => toastProblem(error),
    );
  };
}

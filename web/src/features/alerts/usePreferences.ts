/** One's own wishes, shown at once and put back where the server does not take them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { alertsQuery, savePreferences, type Preferences } from './queries';

export function usePreferences(): { readonly save: (wanted: Preferences, before?: Preferences) => void; readonly saving: boolean } {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const show = (preferences: Preferences | undefined) => {
    cache.setQueryData(alertsQuery.queryKey, (known) => known && preferences && { ...known, preferences });
  };
  const saving = useMutation({
    mutationFn: ({ wanted }: { readonly wanted: Preferences; readonly before: Preferences | undefined }) => savePreferences(wanted),
    onMutate: async ({ wanted }) => {
      await cache.cancelQueries({ queryKey: alertsQuery.queryKey });
      const was = cache.getQueryData(alertsQuery.queryKey)?.preferences;
      show(wanted);
      return { was };
    },
    onSuccess: (kept, { before }) => {
      show(kept);
      toast(t('alerts.saved'), before && (() => saving.mutate({ wanted: before, before: undefined })));
    },
    onError: (error, _, context) => {
      show(context?.was);
      toastProblem(error);
    },
  });
  return { save: (wanted, before) => saving.mutate({ wanted, before }), saving: saving.isPending };
}

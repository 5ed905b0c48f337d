/** Tomar and devolver: shown at once, rolled back where refused, undone by the other. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';
import { patchRow, type Pages } from '@/lib/query/pages';
import { inboxKeys, nameOf, type Conversation } from './queries';

export type Act = 'takeover' | 'resume';

const SHOWN_PAUSE_MS = 24 * 3_600_000;

export function useHandover(conversation: Conversation): (act: Act) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const show = (state: Pick<Conversation, 'agent_paused_until' | 'needs_person'>) =>
    cache.setQueriesData<Pages<Conversation>>(
      { queryKey: inboxKeys.lists },
      (pages) => pages && patchRow(pages, conversation.id, (row) => ({ ...row, ...state })),
    );
  const acting = useMutation({
    mutationFn: async ({ act }: { readonly act: Act; readonly undoing: boolean }) => {
      const params = { path: { conversation_id: conversation.id } };
      return act === 'takeover'
        ? bodyOf(await api.POST('/chat/conversations/{conversation_id}/takeover', { params }))
        : bodyOf(await api.POST('/chat/conversations/{conversation_id}/resume', { params }));
    },
    onMutate: ({ act }) => {
      const { agent_paused_until, needs_person } = conversation;
      const until = new Date(Date.now() + SHOWN_PAUSE_MS).toISOString();
      show(act === 'takeover' ? { agent_paused_until: until, needs_person } : { agent_paused_until: null, needs_person: false });
      return { agent_paused_until, needs_person };
    },
    onError: (error, _act, before) => {
      if (before) show(before);
      toastProblem(error);
    },
    onSuccess: ({ agent_paused_until, needs_person }, { act, undoing }) => {
      show({ agent_paused_until, needs_person });
      if (undoing) return;
      const name = nameOf(conversation) ?? t('inbox.nobody');
      const back = () => acting.mutate({ act: act === 'takeover' ? 'resume' : 'takeover', undoing: true });
      toast(act === 'takeover' ? t('inbox.taken', { name }) : t('inbox.returned', { name }), back);
    },
  });
  return (act) => acting.mutate({ act, undoing: false });
}

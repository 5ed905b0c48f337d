/** A draft leaves or is dropped. Where the customer wrote since, that is no failure: the agent thinks anew. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notify, toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useMe } from '@/lib/session/session';
import { changeCard } from '@/features/inbox/cards';
import { ruleOf, whyNotSent } from '@/features/inbox/composer/refusals';
import { conversationQuery, inboxKeys, nameOf, type Conversation } from '@/features/inbox/queries';

interface Answer {
  readonly turn: number;
  /** The words that leave; null: its own. Left out: the draft is dropped. */
  readonly text?: string | null;
}

export function useDraftActs(conversation: Conversation) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { tenant } = useMe();
  const { id } = conversation;
  const agent = tenant.agent_name;
  const name = nameOf(conversation) ?? t('inbox.nobody');
  const answering = useMutation({
    mutationFn: async ({ turn, text }: Answer) => {
      const params = { path: { conversation_id: id } };
      const body = { turn_id: turn };
      return text === undefined
        ? bodyOf(await api.POST('/chat/conversations/{conversation_id}/draft/discard', { params, body }))
        : bodyOf(await api.POST('/chat/conversations/{conversation_id}/draft/approve', { params, body: { ...body, text } }));
    },
    onSuccess: (_none, { text }) => {
      cache.setQueryData(inboxKeys.draft(id), null);
      changeCard(cache, id, (row) => ({ ...row, turn_state: null }));
      if (text === undefined) notify(t('inbox.draft.discarded', { name }));
    },
    onError: (error) => {
      const { code } = asProblem(error);
      if (code === 'draft_overtaken') notify(t('inbox.draft.overtaken', { name, agent }));
      else if (code === 'no_draft') notify(t('inbox.draft.gone', { agent }));
      else if (ruleOf(code)) notify(whyNotSent(code, t));
      else toastProblem(error);
      void cache.invalidateQueries({ queryKey: inboxKeys.draft(id) });
      void cache.invalidateQueries({ queryKey: conversationQuery(id).queryKey });
    },
  });
  return {
    approve: (turn: number, text: string | null) => answering.mutate({ turn, text }),
    discard: (turn: number) => answering.mutate({ turn }),
    busy: answering.isPending,
  };
}

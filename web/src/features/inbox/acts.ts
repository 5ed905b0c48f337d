/** What a person does with a conversation beside writing: shown at once, rolled back where refused, undone by another act. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { useMe } from '@/lib/session/session';
import { changeCard } from './cards';
import { nameOf, type AgentMode, type Conversation } from './queries';

type Facts = Partial<Conversation>;

interface Act {
  /** What the screen shows before the answer is there. */
  readonly shown: Facts;
  readonly run: () => Promise<Facts>;
  /** What is said once it is done; nothing where it speaks for itself. */
  readonly said?: string;
  readonly back?: Act;
}

export interface Acts {
  readonly take: () => void;
  readonly giveBack: () => void;
  readonly close: () => void;
  readonly reopen: () => void;
  readonly assign: (userId: number | null, said: string) => void;
  readonly moveTo: (stage: string, said: string) => void;
  readonly unread: (through: number) => void;
  readonly setMode: (mode: AgentMode | null, said: string) => void;
}

const HOUR_MS = 3_600_000;

export function useActs(conversation: Conversation): Acts {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { tenant } = useMe();
  const { id } = conversation;
  const show = (facts: Facts) => changeCard(cache, id, (row) => ({ ...row, ...facts }));
  const acting = useMutation({
    mutationFn: ({ run }: Act) => run(),
    onMutate: ({ shown }) => {
      const before = Object.fromEntries(Object.keys(shown).map((name) => [name, conversation[name as keyof Conversation]]));
      show(shown);
      return before;
    },
    onError: (error, _act, before) => {
      if (before) show(before);
      toastProblem(error);
    },
    onSuccess: (facts, { said, back }) => {
      show(facts);
      if (said !== undefined) toast(said, back && (() => acting.mutate(back)));
    },
  });
  const params = { path: { conversation_id: id } };
  const name = nameOf(conversation) ?? t('inbox.nobody');
  const until = () => new Date(Date.now() + tenant.takeover_hours * HOUR_MS).toISOString();
  const taking = (): Act => ({
    shown: { agent_paused_until: until(), turn_state: null },
    run: async () => facts(bodyOf(await api.POST('/chat/conversations/{conversation_id}/takeover', { params }))),
  });
  const returning = (): Act => ({
    shown: { agent_paused_until: null, needs_person: false, waiting_since: null },
    run: async () => facts(bodyOf(await api.POST('/chat/conversations/{conversation_id}/resume', { params }))),
  });
  const closing = (): Act => ({
    shown: { status: 'closed', needs_person: false, waiting_since: null },
    run: async () => facts(bodyOf(await api.POST('/chat/conversations/{conversation_id}/close', { params }))),
  });
  const opening = (): Act => ({
    shown: { status: 'open' },
    run: async () => facts(bodyOf(await api.POST('/chat/conversations/{conversation_id}/reopen', { params }))),
  });
  const assigning = (user_id: number | null): Act => ({
    shown: { owner_user_id: user_id },
    run: async () => facts(bodyOf(await api.POST('/chat/conversations/{conversation_id}/assign', { params, body: { user_id } }))),
  });
  const moving = (stage_key: string | null): Act => ({ shown: { stage_key }, run: () => moveLead(conversation.lead_id, stage_key) });
  const reading = (through_id: number | null): Act => ({
    shown: through_id === null ? { unread: 0 } : { unread: Math.max(1, conversation.unread), read_through_id: through_id },
    run: async () => bodyOf(await api.POST('/chat/conversations/{conversation_id}/read', { params, body: { through_id } })),
  });
  const changing = (agent_mode: AgentMode | null): Act => ({
    shown: { agent_mode },
    run: async () => facts(bodyOf(await api.PATCH('/chat/conversations/{conversation_id}', { params, body: { agent_mode } }))),
  });
  const act = (doing: Act, said: string, back: Act) => acting.mutate({ ...doing, said, back });
  return {
    take: () => act(taking(), t('inbox.taken', { name }), returning()),
    giveBack: () => act(returning(), t('inbox.returned', { name, agent: tenant.agent_name }), taking()),
    close: () => act(closing(), t('inbox.closed', { name }), opening()),
    reopen: () => act(opening(), t('inbox.reopened', { name }), closing()),
    assign: (userId, said) => act(assigning(userId), said, assigning(conversation.owner_user_id)),
    moveTo: (stage, said) => act(moving(stage), said, moving(conversation.stage_key)),
    unread: (through) => act(reading(through), t('inbox.markedUnread', { name }), reading(null)),
    setMode: (mode, said) => act(changing(mode), said, changing(conversation.agent_mode)),
  };
}

/** What an answer tells of a conversation; its id is known. */
function facts(answer: Schemas['HandoverView'] | Schemas['StateView']): Facts {
  return answer.needs_person ? answer : { ...answer, waiting_since: null };
}

async function moveLead(leadId: number | null, stage_key: string | null): Promise<Facts> {
  if (leadId === null || stage_key === null) return {};
  const body = { stage_key } as Schemas['LeadBody']; // what is left out stays as it is
  const lead = bodyOf(await api.PATCH('/crm/leads/{lead_id}', { params: { path: { lead_id: leadId } }, body }));
  return { stage_key: lead.stage_key };
}

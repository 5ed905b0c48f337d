/** What happened with a lead, in words: who did what, and the mark of its kind. */
import {
  IconArrowRight,
  IconCalendarEvent,
  IconChecklist,
  IconMessage,
  IconNote,
  IconReceipt2,
  IconSparkles,
  IconTag,
  IconTrash,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { InterestName } from '@/components/Interest';
import type { Happening } from '@/features/leads/queries';

export interface Names {
  readonly member: (id: number) => string | null;
  readonly stage: (key: string) => string;
  /** What the company calls a field of its own, and a value of it as people read it. */
  readonly field: (key: string, value: string | null) => { readonly label: string; readonly said: string | null };
  /** The lead's own name, for what it wrote. */
  readonly lead: string;
  /** What the company calls its agent. */
  readonly agent: string;
  readonly moment: (at: string) => string;
  readonly amount: (value: string, currency: string) => string;
}

export interface Told {
  readonly icon: Icon;
  readonly by: 'agent' | 'teammate' | 'customer' | 'note' | 'system';
  readonly who: string;
  readonly what: string;
  /** What was said or concluded from, under the line. */
  readonly body: string | null;
  /** What a score is made of, line by line. */
  readonly why: string | null;
  readonly interest: { readonly name: InterestName; readonly score: number | null } | null;
}

const INTERESTS = ['hot', 'warm', 'cold', 'not_interested'] as const;
const SIGNALS = ['states_a_need', 'asks_for_a_meeting', 'wants_to_buy', 'declares_interest', 'asks_for_the_price', 'is_in_a_hurry',
  'names_a_budget', 'decides', 'has_a_business', 'asks_for_information', 'only_looking', 'no_money', 'refusal', 'chose_a_time',
  'kept_from_before'] as const;
const POINTS = / ([+-]\d+)$/;
const TASKS = ['person_requested', 'blocked_message', 'agent_failed', 'send_failed', 'follow_up', 'audio_unheard', 'send_uncertain',
  'calendar_conflict', 'manual'] as const;
const MEETINGS = ['held', 'confirmed', 'cancelled', 'done', 'no_show'] as const;

/** A happening as it is told. Details are the server's JSON, so each is read with care. */
export function tell({ kind, detail }: Happening, names: Names, t: TFunction): Told {
  const text = (name: string) => (typeof detail[name] === 'string' && detail[name] !== '' ? detail[name] : null);
  const number = (name: string) => (typeof detail[name] === 'number' ? detail[name] : null);
  const person = (id: number | null) => (id === null ? null : (names.member(id) ?? t('leads.told.somebody')));
  const { agent } = names;
  const plain = { body: null, interest: null, why: null };
  switch (kind) {
    case 'message': {
      const author = text('author');
      const who = author === 'customer' ? names.lead : author === 'person' ? (person(number('author_user_id')) ?? t('leads.told.phone')) : author === 'agent' ? agent : t('leads.told.system');
      const by = author === 'customer' ? 'customer' : author === 'person' ? 'teammate' : author === 'agent' ? 'agent' : 'system';
      return { ...plain, icon: IconMessage, by, who, what: t('leads.told.wrote'), body: text('body') ?? t('leads.told.attachment') };
    }
    case 'note':
      return { ...plain, icon: IconNote, by: 'note', who: person(number('author_user_id')) ?? t('leads.told.system'), what: t('leads.told.note'), body: text('body') };
    case 'qualification': {
      const name = INTERESTS.find((known) => known === detail['interest']);
      const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
      return {
        icon: IconSparkles,
        by: number('qualified_by') === null ? 'agent' : 'teammate',
        who: person(number('qualified_by')) ?? agent,
        what: t('leads.told.qualified'),
        body: texts(detail['evidence']).map((quote) => `«${quote}»`).join(' ') || null,
        why: texts(detail['reasons']).map((one) => reason(one, t)).join(' · ') || null,
        interest: name ? { name, score: number('score') } : null,
      };
    }
    case 'meeting': {
      const status = MEETINGS.find((known) => known === detail['status']) ?? 'confirmed';
      const starts = text('starts_at');
      const what = t(`leads.told.meeting.${status}`, { when: starts ? names.moment(starts) : '', seller: text('seller_name') ?? '' });
      const creator = person(number('created_by'));
      return { ...plain, icon: IconCalendarEvent, by: creator ? 'teammate' : 'agent', who: creator ?? agent, what, body: text('title') };
    }
    case 'change':
      return { ...plain, ...change(detail, names, t), who: person(number('user_id')) ?? agent, by: number('user_id') === null ? 'agent' : 'teammate' };
    case 'task': {
      const task = TASKS.find((known) => known === detail['kind']) ?? 'follow_up';
      const done = detail['status'] === 'done' ? ` · ${t('leads.told.done')}` : '';
      return { ...plain, icon: IconChecklist, by: 'system', who: t('leads.told.task'), what: `${t(`leads.told.tasks.${task}`)}${done}`, body: text('title') ?? text('reason') };
    }
    case 'sale': {
      const kind = number('reverses_id') !== null ? 'reversal' : text('kind') === 'refund' ? 'refund' : detail['paid'] === false ? 'pending' : 'income';
      const what = t(`leads.told.sale.${kind}`, { amount: names.amount(text('amount') ?? '0', text('currency') ?? 'USD') });
      return { ...plain, icon: IconReceipt2, by: 'teammate', who: person(number('created_by')) ?? t('leads.told.system'), what, body: text('category') };
    }
  }
}

/** The demo brain's own signals in the viewer's language; what a model writes stands as it wrote it. */
function reason(text: string, t: TFunction): string {
  const points = POINTS.exec(text)?.[0] ?? '';
  const name = text.slice(0, text.length - points.length);
  const known = SIGNALS.find((signal) => signal === name.replaceAll(' ', '_'));
  return known ? `${t(`leads.signals.${known}`)}${points}` : text;
}

function change(detail: Happening['detail'], names: Names, t: TFunction): Pick<Told, 'icon' | 'what'> {
  const value = (name: 'was' | 'became') => (typeof detail[name] === 'string' ? detail[name] : null);
  const [was, became] = [value('was'), value('became')];
  if (detail['field'] === 'stage_key') {
    const stage = (key: string | null) => (key === null ? '' : names.stage(key));
    return { icon: IconArrowRight, what: t('leads.told.stage', { was: stage(was), became: stage(became) }) };
  }
  if (detail['field'] === 'owner_user_id') {
    const owner = (id: string | null) => (id === null ? t('leads.owner.nobody') : (names.member(Number(id)) ?? t('leads.told.somebody')));
    return { icon: IconUser, what: t('leads.told.owner', { was: owner(was), became: owner(became) }) };
  }
  const field = detail['field'];
  if (field === 'tags') {
    return { icon: IconTag, what: became === null ? t('leads.told.untagged', { tag: was ?? '' }) : t('leads.told.tagged', { tag: became }) };
  }
  if (field === 'deleted_at') return { icon: IconTrash, what: became === null ? t('leads.told.restored') : t('leads.told.deleted') };
  if (field === 'source' || field === 'campaign') {
    const label = field === 'source' ? t('leads.column.source') : t('leads.field.campaign');
    return { icon: IconNote, what: t('leads.told.field', { label, became: became ?? '–' }) };
  }
  if (field === 'custom') {
    const { label, said } = names.field(typeof detail['name'] === 'string' ? detail['name'] : '', became);
    return { icon: IconNote, what: t('leads.told.field', { label, became: said ?? '–' }) };
  }
  return { icon: IconNote, what: became === null ? t('leads.told.noReason') : t('leads.told.reason', { reason: became }) };
}

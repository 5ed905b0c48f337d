/** A refusal in the reader's words: what happened and what to do. */
import type { TFunction } from 'i18next';
import type { ApiProblem } from '@/lib/api/problem';

const KNOWN = [
  'offline',
  'forbidden',
  'not_found',
  'rate_limited',
  'duplicate_phone',
  'bad_credentials',
  'account_suspended',
  'bad_phone',
  'conflict',
  'malformed',
  'weak_password',
  'slot_taken',
  'calendar_refused',
  'view_name_taken',
  'too_many_views',
  'own_account',
  'link_invalid',
  'email_taken',
  'already_invited',
  'account_not_active',
  'known_account',
  'wrong_password',
  'wrong_code',
  'challenge_invalid',
  'totp_required',
  'totp_active',
  'totp_missing',
  'template_unavailable',
  'template_incomplete',
  'trigger_incomplete',
  'unknown_field',
  'step_refused',
  'no_address',
  'nobody_meant',
  'too_many_recipients',
  'broadcast_over',
  'already_sells',
  'bad_days',
  'bad_period',
  'stage_move_closed',
  'lost_reason_wanted',
  'stage_needed',
  'stage_order',
  'stage_other_kind',
  'evaluation_running',
  'nothing_to_play',
  'turn_not_replayable',
  'client_deleted',
  'merge_undone',
  'merge_not_latest',
  'phone_taken',
  'tag_taken',
  'field_key_taken',
  'bad_choices',
  'field_required',
  'bad_field_value',
  'mentioned_cannot_see',
  'assignee_cannot_see',
  'lead_not_ready',
  'already_undone',
] as const;

type Known = (typeof KNOWN)[number];

export function problemWords(problem: ApiProblem, t: TFunction): string {
  const known = KNOWN.find((code): code is Known => code === problem.code);
  if (known) return t(`problem.${known}`);
  return problem.status >= 500 ? t('problem.server') : t('problem.other');
}

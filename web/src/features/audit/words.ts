/** What the audit log calls things, in the reader's words; an action that has none is told by its own name. */
import type { TFunction } from 'i18next';
import type { AuditLine } from './queries';

export const ACTIONS = [
  'agenda.availability', 'agenda.book', 'agenda.cancel', 'agenda.holds', 'agenda.ics', 'agenda.list', 'agenda.mark', 'agenda.move',
  'agenda.restore', 'agenda.tell', 'agenda.telling', 'agenda.url', 'agent.change_settings', 'agent.check_model',
  'agent.discard_draft', 'agent.message_blocked', 'agent.not_configured', 'agent.publish', 'agent.published',
  'agent.read_trial', 'agent.restore', 'agent.script', 'agent.settings', 'agent.spending', 'agent.try',
  'agent.version', 'agent.versions', 'agent.write_draft', 'alerts.device_off', 'alerts.device_on', 'alerts.devices',
  'alerts.read', 'alerts.set', 'alerts.set_company', 'api_keys.create', 'api_keys.list', 'api_keys.revoke',
  'api_keys.rotate', 'audit.chain', 'audit.erased', 'audit.export', 'audit.read', 'auth.challenge_refused',
  'auth.code_asked', 'auth.code_refused', 'auth.codes_throttled', 'auth.csrf_refused', 'auth.join_refused',
  'auth.key_refused', 'auth.link_refused', 'auth.login', 'auth.login_refused', 'auth.login_throttled', 'auth.logout',
  'auth.password', 'auth.password_changed', 'auth.password_forgotten', 'auth.password_refused', 'auth.password_reset',
  'auth.recovery_code_used', 'auth.recovery_codes_renewed', 'auth.registered', 'auth.session_forged',
  'auth.sessions.end', 'auth.sessions.list', 'auth.totp.confirm', 'auth.totp.off', 'auth.totp.read',
  'auth.totp.recovery_codes', 'auth.totp.start', 'auth.totp_off', 'auth.totp_on', 'auth.totp_reset',
  'auth.totp_started', 'broadcasts.begin', 'broadcasts.cancel', 'broadcasts.list', 'broadcasts.pause',
  'broadcasts.preview', 'broadcasts.recipients', 'broadcasts.resume', 'broadcasts.show', 'calendar.connected',
  'calendar.consent_asked', 'calendar.disconnected', 'calendar.lost', 'calendar.not_told', 'calendars.check',
  'calendars.choices', 'calendars.choose', 'calendars.connect', 'calendars.connect_shared', 'calendars.disconnect',
  'calendars.granted', 'calendars.list', 'calendars.matches', 'calendars.mirrored', 'calendars.service_account',
  'canned.create', 'canned.delete', 'canned.edit', 'canned.list', 'channel.added', 'channel.address_renewed',
  'channel.changed', 'channels.add', 'channels.change', 'channels.check', 'channels.list', 'channels.pause',
  'channels.pause_changed', 'channels.renew_address', 'cli.psql', 'cli.reset_link', 'cli.tenants_listed',
  'cli.users_listed', 'clients.count', 'clients.create', 'clients.delete', 'clients.edit', 'clients.export',
  'clients.list', 'clients.read', 'clients.restore', 'clients.timeline', 'commissions.add_rule',
  'commissions.end_rule', 'commissions.remove_rule', 'commissions.rules', 'company.totp_required',
  'conversations.assign', 'conversations.attach', 'conversations.canned', 'conversations.change',
  'conversations.close', 'conversations.draft', 'conversations.draft_approve', 'conversations.draft_discard',
  'conversations.list', 'conversations.mark_read', 'conversations.note', 'conversations.qualify',
  'conversations.read', 'conversations.reopen', 'conversations.resume', 'conversations.search', 'conversations.show',
  'conversations.start', 'conversations.takeover', 'conversations.template', 'conversations.templates',
  'conversations.write', 'credentials.delete', 'credentials.deleted', 'credentials.list', 'credentials.set',
  'credentials.write', 'demo.door_opened', 'demo.door_refused', 'demo.simulator', 'duplicates.dismiss',
  'duplicates.list', 'duplicates.of_lead', 'duplicates.reopen', 'duplicates.scan', 'evaluation.read_run',
  'evaluation.remove_scenario', 'evaluation.run', 'evaluation.run_asked', 'evaluation.runs', 'evaluation.save_turn',
  'evaluation.scenario', 'evaluation.scenario_saved', 'evaluation.scenarios', 'fields.create', 'fields.edit',
  'fields.list', 'fields.order', 'imports.cancel', 'imports.check', 'imports.export', 'imports.list', 'imports.read',
  'imports.rows', 'imports.run', 'imports.undo', 'imports.upload', 'invitations.accepted', 'invitations.create',
  'invitations.list', 'invitations.resend', 'invitations.revoke', 'invitations.revoked', 'join_code.read',
  'join_code.rotate', 'knowledge.add', 'knowledge.add_faq', 'knowledge.add_page', 'knowledge.approve',
  'knowledge.ask', 'knowledge.change_meaning', 'knowledge.delete', 'knowledge.dismiss', 'knowledge.list',
  'knowledge.meaning', 'knowledge.questions', 'knowledge.read', 'knowledge.read_again', 'knowledge.reopen',
  'knowledge.replace', 'knowledge.replace_faq', 'knowledge.restore', 'knowledge.upload', 'knowledge.withheld',
  'lead.converted', 'lead_hook.forged', 'lead_sources.changed', 'lead_sources.create', 'lead_sources.created',
  'lead_sources.edit', 'lead_sources.list', 'lead_sources.questions', 'lead_sources.received', 'lead_sources.rotate',
  'lead_sources.secret_rotated', 'leads.bulk', 'leads.bulk_undo', 'leads.convert', 'leads.create', 'leads.delete',
  'leads.edit', 'leads.export', 'leads.files', 'leads.list', 'leads.merge', 'leads.merge_undone', 'leads.merged',
  'leads.read', 'leads.restore', 'leads.standing', 'leads.tag', 'leads.templates', 'leads.timeline',
  'leads.undo_merge', 'leads.untag', 'links.mail_refused', 'lost_reasons.create', 'lost_reasons.edit',
  'lost_reasons.list', 'lost_reasons.order', 'links.mail_sent', 'mcp.tool', 'media.read',
  'meeting_link.cancelled', 'meeting_link.moved', 'merges.list', 'module.missing', 'notes.create', 'notes.delete',
  'notes.edit', 'notes.list', 'notifications.list', 'notifications.read', 'pipeline.arrange', 'pipeline.remove_stage',
  'pipeline.stages', 'pipeline.summary', 'privacy.erase', 'privacy.erased', 'privacy.erasing', 'privacy.export',
  'privacy.list', 'privacy.preview', 'privacy.preview_retention', 'privacy.read_retention', 'privacy.retained',
  'privacy.retention_changed', 'privacy.write_retention', 'realtime.catch_up', 'realtime.opened',
  'realtime.origin_refused', 'reports.read', 'reports.readiness', 'reports.rows', 'security.change', 'security.read',
  'sellers.change', 'sellers.changed', 'sellers.close', 'sellers.create', 'sellers.days_off_added',
  'sellers.days_off_dropped', 'sellers.list', 'sellers.open', 'sellers.performance', 'sellers.photo', 'sellers.photo_hide', 'sellers.photo_read',
  'sellers.photo_restore', 'sellers.read', 'sellers.seated',
  'sellers.targets', 'settings.changed', 'settings.holiday', 'settings.holiday_changed', 'settings.holidays',
  'settings.read', 'settings.write', 'tags.create', 'tags.delete', 'tags.edit', 'tags.list', 'tasks.create',
  'tasks.edit', 'tasks.list', 'team.members', 'templates.list', 'templates.sync', 'templates.sync_state',
  'tenant.active', 'tenant.created', 'tenant.suspended', 'transactions.add_receipt', 'transactions.create',
  'transactions.export', 'transactions.list', 'transactions.pay', 'transactions.read', 'transactions.receipt',
  'transactions.reverse', 'transactions.totals', 'triggers.list', 'triggers.remove', 'triggers.set', 'turns.list',
  'turns.read', 'users.activate', 'users.change_role', 'users.changed', 'users.dismiss_reset', 'users.hold',
  'users.list', 'users.make_reset_link', 'users.reset_dismissed', 'users.reset_link', 'users.reset_totp',
  'users.suspend', 'vault.not_opened', 'vault.rotated', 'views.create', 'views.delete', 'views.edit', 'views.list',
  'webhook.forged', 'webhook.quarantined', 'webhooks.changed', 'webhooks.create', 'webhooks.created',
  'webhooks.delete', 'webhooks.deleted', 'webhooks.edit', 'webhooks.failing', 'webhooks.gone', 'webhooks.list',
  'webhooks.log', 'webhooks.ping', 'webhooks.replay', 'webhooks.replay_all', 'webhooks.rotate',
  'webhooks.secret_rotated',
] as const;
type Action = (typeof ACTIONS)[number];
type Filed<Name extends string> = Name extends `${infer Head}.${infer Tail}` ? `${Head}_${Filed<Tail>}` : Name;

export function actionName(action: string, t: TFunction): string {
  const known = ACTIONS.find((each) => each === action);
  return known ? t(`audit.action.${filed(known)}`) : action;
}

/** A dot in a key means a level, so the words are filed with a line instead. */
function filed<Name extends Action>(action: Name): Filed<Name> {
  return action.replaceAll('.', '_') as Filed<Name>;
}

/** Who: a colleague by name, an account that is gone by its number, or the system itself. */
export function whoDid(id: number | null, names: ReadonlyMap<number, string>, t: TFunction): string {
  if (id === null) return t('audit.system');
  return names.get(id) ?? t('audit.unknownUser', { id });
}

const REFUSED = 400;
const BROKEN = 500;

/** How an access ended, where it did not end well. */
export function outcome(line: AuditLine): 'refused' | 'failed' | null {
  const status = line.detail['status'];
  if (typeof status !== 'number' || status < REFUSED) return null;
  return status >= BROKEN ? 'failed' : 'refused';
}

export interface Change {
  readonly field: string;
  readonly was: unknown;
  readonly became: unknown;
}

/** What a change of settings says of each field. */
export function changesOf(detail: AuditLine['detail']): readonly Change[] {
  const changes = detail['changes'];
  if (!isRecord(changes)) return [];
  return Object.entries(changes).flatMap(([field, told]) =>
    isRecord(told) && 'was' in told && 'became' in told ? [{ field, was: told['was'], became: told['became'] }] : [],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const RECORDS = ['lead', 'client', 'conversation', 'event', 'view', 'channel'] as const;
const SECTIONS = ['company', 'agent', 'meetings', 'stages'] as const;

/** What it was about, where that says more than the action does: «Lead 12», a colleague's name, the name of a key. */
export function aboutWhat(subject: string | null, names: ReadonlyMap<number, string>, t: TFunction): string {
  const [kind = '', ...rest] = (subject ?? '').split(':');
  const id = rest.join(':');
  if (id === '' || kind === 'session' || kind === 'tenant') return '';
  if (kind === 'user') return whoDid(Number(id), names, t);
  const record = RECORDS.find((each) => each === kind);
  if (record) return t(`audit.about.${record}`, { id });
  const section = kind === 'settings' && SECTIONS.find((each) => each === id);
  if (section) return t(`settings.section.${section}`);
  return id;
}

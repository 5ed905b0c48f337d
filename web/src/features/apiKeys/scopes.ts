/** Which rights a key may be given, by what they are about, and whether it still opens anything. Pure. */
import type { Right, RightsTable } from '@/lib/team/rights';
import type { ApiKey } from './queries';

export const GROUPS = ['leads', 'chats', 'meetings', 'clients', 'agent', 'company'] as const;
export type GroupName = (typeof GROUPS)[number];
export type Role = ApiKey['role'];
export type KeyState = 'live' | 'revoked' | 'expired' | 'shut';

const GROUP_OF: Readonly<Record<string, GroupName>> = {
  leads: 'leads',
  pipeline: 'leads',
  exports: 'leads',
  conversations: 'chats',
  canned: 'chats',
  templates: 'chats',
  broadcasts: 'chats',
  agenda: 'meetings',
  sellers: 'meetings',
  clients: 'clients',
  transactions: 'clients',
  reports: 'clients',
  knowledge: 'agent',
  agent: 'agent',
};

export interface ScopeGroup {
  readonly name: GroupName;
  readonly scopes: readonly Right[];
}

/** The rights that a key of that role can use, group by group; none of a group, and it is left out. */
export function groupsFor(offered: readonly string[], table: RightsTable, role: Role): readonly ScopeGroup[] {
  const usable = table.items.filter(({ permission, scopes }) => offered.includes(permission) && scopes[role] !== 'none');
  return GROUPS.map((name) => ({
    name,
    scopes: usable.map(({ permission }) => permission).filter((permission) => groupOf(permission) === name),
  })).filter(({ scopes }) => scopes.length > 0);
}

function groupOf(permission: Right): GroupName {
  return GROUP_OF[permission.split('.')[0] ?? ''] ?? 'company';
}

export function stateOf(key: ApiKey, now: number): KeyState {
  if (key.revoked_at) return 'revoked';
  if (key.expires_at && Date.parse(key.expires_at) <= now) return 'expired';
  return key.user_active ? 'live' : 'shut';
}

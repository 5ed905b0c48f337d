/** The vault's names by what they serve, and whether that is real, a demo, or not set up. Pure. */
import type { Credential, Credentials } from './queries';

type Service = 'whatsapp' | Exclude<Credential['provider'], 'ycloud' | 'meta'> | 'meta';
export type GroupState = 'demo' | 'real' | 'partly' | 'missing';

export interface Group {
  readonly id: string;
  readonly service: Service;
  readonly number: Credential['number'];
  readonly provider: Credential['provider'];
  readonly state: GroupState;
  readonly keys: readonly Credential[];
}

const WAYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  // The other keys are of fallback models, which need not be.
  llm: [['api_key']],
  // Either the OAuth client or a service account connects the calendars.
  google: [['client_id', 'client_secret'], ['service_account']],
};

export function groupsOf({ items, simulated }: Credentials): readonly Group[] {
  const groups = new Map<string, Credential[]>();
  for (const item of items) {
    const id = item.number ? `number ${item.number.id}` : item.provider;
    groups.set(id, [...(groups.get(id) ?? []), item]);
  }
  return [...groups].flatMap(([id, keys]) => {
    const first = keys[0];
    if (!first) return [];
    const { provider, number } = first;
    const service: Service = number ? 'whatsapp' : provider === 'ycloud' ? 'whatsapp' : provider;
    const state = simulated.includes(provider) ? 'demo' : stateOf(provider, keys);
    return [{ id, service, number, provider, state, keys }];
  });
}

function stateOf(provider: Credential['provider'], keys: readonly Credential[]): GroupState {
  const set = new Set(keys.filter(({ masks }) => masks.length > 0).map(({ kind }) => kind));
  if (set.size === 0) return 'missing';
  const ways = WAYS[provider] ?? [keys.map(({ kind }) => kind)];
  return ways.some((way) => way.every((kind) => set.has(kind))) ? 'real' : 'partly';
}

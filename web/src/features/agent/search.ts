/** Which tab of the agent is open, in the address. Pure. */
export const TABS = ['speech', 'offer', 'questions', 'model', 'versions'] as const;
export type Tab = (typeof TABS)[number];

export interface AgentSearch {
  readonly tab?: Tab;
}

export function agentSearch({ tab }: { readonly tab?: unknown }): AgentSearch {
  const known = TABS.find((one) => one === tab);
  return known ? { tab: known } : {};
}

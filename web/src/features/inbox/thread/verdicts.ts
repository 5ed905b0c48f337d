/** The screen's English labels in groups that a reader tells apart; one that we do not know is «other». Pure. */
const REASONS = {
  override: ['instruction override', 'new instructions', 'obedience'],
  role: ['role change', 'role change without limits', 'unlocked mode'],
  prompt: ['prompt extraction', 'secrets'],
  tools: ['tool name', 'tool command', 'tool command with effect', 'tool call syntax', 'gate bypass'],
  data: ['forwarding', 'exfiltrating image', 'query'],
  price: ['authority over prices', 'price change', 'binding offer', 'false authority'],
  hidden: ['concealment', 'fake delimiter', 'active markup', 'hidden markup'],
} as const;

export type Reason = keyof typeof REASONS | 'other';

export function reasonKey(label: string): Reason {
  const groups = Object.entries(REASONS) as [keyof typeof REASONS, readonly string[]][];
  return groups.find(([, labels]) => labels.includes(label))?.[0] ?? 'other';
}

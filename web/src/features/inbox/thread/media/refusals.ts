/** Why a file is not to be had, by the word that tells it. Pure. */
import type { Media } from '@/features/inbox/queries';

const UNSAFE: ReadonlySet<string> = new Set(['unsupported_type', 'markup', 'macros', 'empty']);

export function refusalOf({ state, reason }: Pick<Media, 'state' | 'reason'>) {
  if (state === 'gone') return 'gone';
  if (reason === 'too_large') return 'tooLarge';
  return reason !== null && UNSAFE.has(reason) ? 'unsafe' : 'unreachable';
}

/** What a message is beside words. WhatsApp's own types; one that we do not know is shown as such. */
export const ATTACHMENTS = [
  'image',
  'video',
  'audio',
  'sticker',
  'document',
  'location',
  'contacts',
  'reaction',
  'order',
  'system',
  'unsupported',
] as const;
export type Attachment = (typeof ATTACHMENTS)[number];

const WORDS: ReadonlySet<string> = new Set(['text', 'buttons', 'list', 'interactive', 'button', 'template']);

/** The kind of what came with a message; null where it is words alone. */
export function attachmentOf(type: string): Attachment | null {
  if (WORDS.has(type)) return null;
  if (type === 'voice') return 'audio';
  return ATTACHMENTS.find((known) => known === type) ?? 'unsupported';
}

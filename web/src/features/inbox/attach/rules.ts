/** What WhatsApp takes as a file, asked before anything is uploaded; the server judges again, by the bytes. Pure. */
export type FileKind = 'image' | 'video' | 'audio' | 'document';

export const MOST_AT_ONCE = 10;
export const LONGEST_CAPTION = 1024;
export const MOST_BYTES = 16 * 1024 * 1024;
export const MOST_IMAGE_BYTES = 5 * 1024 * 1024;

const OPENXML = 'application/vnd.openxmlformats-officedocument.';
const KINDS: Readonly<Record<FileKind, readonly string[]>> = {
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gpp'],
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp3', 'audio/mp4', 'audio/x-m4a', 'audio/ogg'],
  document: [
    'application/pdf',
    'text/plain',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    `${OPENXML}wordprocessingml.document`,
    `${OPENXML}spreadsheetml.sheet`,
    `${OPENXML}presentationml.presentation`,
  ],
};
/** What the picker offers. Any picture: what WhatsApp does not take is written anew where the browser can read it. */
export const ACCEPTED = ['image/*', ...KINDS.video, 'audio/*', ...KINDS.document].join();

export type Refusal = 'empty' | 'tooLarge' | 'type' | 'unsafe' | 'caption';

type Judged = Pick<File, 'type' | 'size'>;

export function kindOf(type: string): FileKind | null {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const kinds = Object.keys(KINDS) as FileKind[];
  return kinds.find((kind) => KINDS[kind].includes(plain)) ?? null;
}

/** Why a file is not even uploaded; null where it may be. */
export function refusalOf({ type, size }: Judged): Refusal | null {
  if (size === 0) return 'empty';
  const kind = kindOf(type);
  if (kind === null) return 'type';
  return size > (kind === 'image' ? MOST_IMAGE_BYTES : MOST_BYTES) ? 'tooLarge' : null;
}

/** Pictures that are written anew before they leave: those that are too large, and kinds that WhatsApp does not take. */
export function needsRewriting({ type, size }: Judged): boolean {
  if (!type.startsWith('image/') || type === 'image/gif' || type === 'image/svg+xml' || size === 0) return false;
  return kindOf(type) === null || size > MOST_IMAGE_BYTES;
}

/** The server's refusal of a file in our words; null where it is about something else. */
export function refusalOfCode(code: string, reason: unknown): Refusal | null {
  if (code === 'file_too_large' || code === 'body_too_large') return 'tooLarge';
  if (code !== 'file_refused') return null;
  if (reason === 'empty') return 'empty';
  if (reason === 'audio_has_no_caption') return 'caption';
  return reason === 'markup' || reason === 'macros' ? 'unsafe' : 'type';
}

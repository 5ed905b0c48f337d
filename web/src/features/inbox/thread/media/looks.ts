/** How a file is shown, by what the server found it to be. Pure. */
export type Looks = 'audio' | 'picture' | 'video' | 'document';

const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

export function looksOf(mediaType: string | null): Looks {
  if (mediaType === null) return 'document';
  if (PICTURES.has(mediaType)) return 'picture';
  if (mediaType.startsWith('audio/')) return 'audio';
  return mediaType.startsWith('video/') ? 'video' : 'document';
}

/** «0:14»; an unknown length is none. */
export function playingTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

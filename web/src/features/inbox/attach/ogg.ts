/**
 * A voice note as WhatsApp wants it: the Opus that browsers record into WebM, in Ogg. Nothing is encoded anew. Pure.
 *
 * WebM: https://www.matroska.org/technical/elements.html · Ogg: RFC 3533 · Opus in Ogg: RFC 7845, packets: RFC 6716 §3.1
 */
const HEAD = 0x63a2; // CodecPrivate, which is the header of Opus itself
const BLOCKS: ReadonlySet<number> = new Set([0xa3, 0xa1]); // SimpleBlock, Block
/** Segment, Cluster, Tracks, TrackEntry, BlockGroup: what is in them follows at once, so their sizes do not matter. */
const OUTER: ReadonlySet<number> = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]);
const LACED = 0x06;
const SERIAL = 0x4e585553;
const MOST_SEGMENTS = 255;
const PAGE_HEAD = 27;
const [FIRST, LAST] = [2, 4];

/** The recording in Ogg; null where it is no WebM with plain Opus. */
export function oggOf(webm: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const read = packetsOf(webm);
  if (!read || read.packets.length === 0) return null;
  const pages = [page([read.head], 0, 0, FIRST), page([tags()], 1, 0, 0)];
  let [waiting, segments, samples] = [[] as Uint8Array[], 0, 0];
  read.packets.forEach((packet, index) => {
    const needed = Math.floor(packet.length / 255) + 1;
    if (segments + needed > MOST_SEGMENTS) {
      pages.push(page(waiting, pages.length, samples, 0));
      [waiting, segments] = [[], 0];
    }
    waiting.push(packet);
    segments += needed;
    samples += samplesOf(packet);
    if (index === read.packets.length - 1) pages.push(page(waiting, pages.length, samples, LAST));
  });
  return joined(pages);
}

function packetsOf(bytes: Uint8Array): { readonly head: Uint8Array; readonly packets: readonly Uint8Array[] } | null {
  let head: Uint8Array | null = null;
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const id = number(bytes, at, false);
    const size = id && number(bytes, at + id.length, true);
    if (!size) return null;
    at += id.length + size.length;
    if (OUTER.has(id.value)) continue;
    const content = bytes.subarray(at, at + size.value);
    if (id.value === HEAD) head = content;
    if (BLOCKS.has(id.value)) {
      const track = number(content, 0, true)?.length ?? 1;
      if (((content[track + 2] ?? 0) & LACED) !== 0) return null;
      packets.push(content.subarray(track + 3)); // after the track: two bytes of time, one of flags
    }
    at += size.value;
  }
  return head ? { head, packets } : null;
}

/** A number of EBML, as long as its first byte says; a size is told without the bit that says so. */
function number(bytes: Uint8Array, at: number, bare: boolean): { readonly value: number; readonly length: number } | null {
  const first = bytes[at];
  if (!first) return null; // longer than eight bytes, or none left
  const length = Math.clz32(first) - 23;
  let value = bare ? first & (0xff >> length) : first;
  for (let index = 1; index < length; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
}

/** How long a packet sounds, in samples of 48 kHz. */
function samplesOf(packet: Uint8Array): number {
  const [toc = 0, second = 0] = packet;
  const config = toc >> 3;
  const frame =
    config < 12 ? ([480, 960, 1920, 2880][config & 3] ?? 0) : config < 16 ? ([480, 960][config & 1] ?? 0) : 120 << (config & 3);
  const code = toc & 3;
  return frame * (code === 0 ? 1 : code === 3 ? second & 63 : 2);
}

function tags(): Uint8Array {
  const vendor = new TextEncoder().encode('Nexus');
  const written = new Uint8Array(16 + vendor.length);
  written.set(new TextEncoder().encode('OpusTags'));
  new DataView(written.buffer).setUint32(8, vendor.length, true);
  written.set(vendor, 12);
  return written;
}

function page(packets: readonly Uint8Array[], index: number, samples: number, flags: number): Uint8Array {
  const sizes = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  const head = new Uint8Array(PAGE_HEAD + sizes.length);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode('OggS'));
  head[5] = flags;
  view.setBigUint64(6, BigInt(samples), true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, index, true);
  head[26] = sizes.length;
  head.set(sizes, PAGE_HEAD);
  const whole = joined([head, ...packets]);
  new DataView(whole.buffer).setUint32(22, checksum(whole), true);
  return whole;
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

import { describe, expect, it } from 'vitest';
import { oggOf } from './ogg';

const bytes = (text: string) => [...new TextEncoder().encode(text)];
const HEAD = [...bytes('OpusHead'), 1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0];
const UNKNOWN = [0x01, 255, 255, 255, 255, 255, 255, 255];

const sized = (id: number[], content: number[]) => [...id, 0x40 | (content.length >> 8), content.length & 255, ...content];
const block = (packet: number[], flags = 0x80) => sized([0xa3], [0x81, 0, 0, flags, ...packet]);

/** What a browser records: a segment and clusters whose sizes nobody knew when they were begun. */
function webm(...blocks: number[][]): Uint8Array {
  return new Uint8Array([
    ...sized([0x1a, 0x45, 0xdf, 0xa3], bytes('header')),
    ...[0x18, 0x53, 0x80, 0x67, ...UNKNOWN],
    ...sized([0x16, 0x54, 0xae, 0x6b], sized([0xae], sized([0x63, 0xa2], HEAD))),
    ...blocks.flatMap((one) => [0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN, ...sized([0xe7], [0]), ...one]),
  ]);
}

interface Page {
  readonly flags: number;
  readonly samples: number;
  readonly index: number;
  readonly packets: number[][];
}

function pagesOf(ogg: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < ogg.length; ) {
    expect(String.fromCharCode(...ogg.subarray(at, at + 4))).toBe('OggS');
    const view = new DataView(ogg.buffer, at);
    const sizes = [...ogg.subarray(at + 27, at + 27 + view.getUint8(26))];
    let [from, packet] = [at + 27 + sizes.length, [] as number[]];
    const packets: number[][] = [];
    for (const size of sizes) {
      packet.push(...ogg.subarray(from, from + size));
      from += size;
      if (size === 255) continue;
      packets.push(packet);
      packet = [];
    }
    pages.push({ flags: view.getUint8(5), samples: Number(view.getBigUint64(6, true)), index: view.getUint32(18, true), packets });
    at = from;
  }
  return pages;
}

describe('a voice note in Ogg', () => {
  it('holds the header, the tags and every packet, with how long they sound', () => {
    const long = [0x78, ...Array<number>(600).fill(7)]; // 20 ms, in more than two segments
    const packets = [long, [0x79, 1, 2], [0x7b, 3, 9]]; // 20 ms once, twice and three times
    const ogg = oggOf(webm(...packets.map((packet) => block(packet))));
    const [head, tags, sound, ...more] = pagesOf(ogg ?? new Uint8Array());
    expect(head).toEqual({ flags: 2, samples: 0, index: 0, packets: [HEAD] });
    expect(tags?.packets[0]?.slice(0, 8)).toEqual(bytes('OpusTags'));
    expect(sound).toEqual({ flags: 4, samples: 960 * 6, index: 2, packets });
    expect(more).toEqual([]);
  });

  it('has the checksum of RFC 3533 on its pages', () => {
    const ogg = oggOf(webm(block([0x78, 1])));
    const view = new DataView((ogg ?? new Uint8Array(64)).buffer);
    const whole = new Uint8Array(view.buffer.slice(0, 28 + HEAD.length));
    const told = view.getUint32(22, true);
    whole.fill(0, 22, 26);
    let sum = 0n;
    for (const byte of whole) {
      sum ^= BigInt(byte) << 24n;
      for (let bit = 0; bit < 8; bit++) sum = (sum << 1n) ^ (sum & 0x80000000n ? 0x104c11db7n : 0n);
    }
    expect(BigInt(told)).toBe(sum);
  });

  it('goes on on another page where one is full', () => {
    const packets = Array.from({ length: 300 }, (_, index) => [0x78, index & 255]);
    const pages = pagesOf(oggOf(webm(...packets.map((packet) => block(packet)))) ?? new Uint8Array());
    expect(pages.map(({ flags, index, packets: held }) => [flags, index, held.length])).toEqual([
      [2, 0, 1],
      [0, 1, 1],
      [0, 2, 255],
      [4, 3, 45],
    ]);
    expect(pages.at(-1)?.samples).toBe(300 * 960);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no WebM', new Uint8Array(bytes('RIFF....WAVE'))],
    ['no sound', webm()],
    ['laced blocks', webm(block([0x78, 1], 0x06))],
    ['a cut header', webm(block([0x78, 1])).subarray(0, 3)],
  ])('is not made of %s', (_, recorded) => expect(oggOf(recorded)).toBeNull());
});

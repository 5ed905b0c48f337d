import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/lib/api/problem';
import { meQuery } from '@/lib/session/session';
import { kindOf, MOST_AT_ONCE, MOST_BYTES, MOST_IMAGE_BYTES, needsRewriting, refusalOf, refusalOfCode } from './rules';
import { traysOf, type Trays } from './tray';
import type { Upload } from './upload';

const net = vi.hoisted(() => ({ upload: vi.fn<(id: number, item: Upload) => Promise<unknown>>() }));
vi.mock('./upload', () => net);

const file = (name: string, type = 'application/pdf', content = 'x') => new File([content], name, { type });
let cache: QueryClient;
let trays: Trays;
const stored = vi.fn();

beforeEach(() => {
  cache = new QueryClient();
  trays = traysOf(cache);
  net.upload.mockReset();
  stored.mockReset();
  net.upload.mockImplementation((_, { file: { name } }) => Promise.resolve({ id: 1, body: name }));
});

const names = (id = 4) => trays.read(id).map((item) => item.file.name);

describe('the tray', () => {
  it('sends one after the other, with what is said to each, and is empty then', async () => {
    await trays.add(4, [file('a.pdf'), file('b.mp3', 'audio/mpeg')]);
    for (const { key } of trays.read(4)) trays.caption(4, key, ' hola ');
    await trays.send(4, stored);
    expect(net.upload.mock.calls.map(([id, item]) => [id, item.file.name, item.caption])).toEqual([
      [4, 'a.pdf', 'hola'],
      [4, 'b.mp3', ''],
    ]);
    expect(names()).toEqual([]);
    expect(stored.mock.calls).toEqual([[{ id: 1, body: 'a.pdf' }], [{ id: 1, body: 'b.mp3' }]]);
  });

  it('keeps what was refused, and tries it again under its own key', async () => {
    await trays.add(4, [file('a.pdf'), file('b.pdf')]);
    net.upload.mockRejectedValueOnce(new TypeError('network'));
    await trays.send(4, stored);
    expect(trays.read(4)).toMatchObject([{ problem: 'offline', progress: null, refusal: null }]);
    await trays.send(4, stored);
    expect(names()).toEqual([]);
    const [first, , again] = net.upload.mock.calls.map(([, item]) => item.key);
    expect(first).toBe(again);
  });

  it('gives other words another key, since the first may have been taken', async () => {
    await trays.add(4, [file('a.pdf')]);
    net.upload.mockRejectedValueOnce(new TypeError('network'));
    await trays.send(4, stored);
    const before = trays.read(4)[0]?.key ?? '';
    trays.caption(4, before, 'otra cosa');
    expect(trays.read(4)[0]?.key).not.toBe(before);
  });

  it('sends twice at once no file twice', async () => {
    await trays.add(4, [file('a.pdf')]);
    await Promise.all([trays.send(4, stored), trays.send(4, stored)]);
    expect(net.upload).toHaveBeenCalledTimes(1);
  });

  it('does not upload what WhatsApp does not take, nor tries again what the server has refused so', async () => {
    await trays.add(4, [file('a.gif', 'image/gif'), file('b.pdf')]);
    net.upload.mockRejectedValueOnce(new ApiProblem(415, 'file_refused', null, null, { reason: 'macros' }));
    await trays.send(4, stored);
    await trays.send(4, stored);
    expect(net.upload).toHaveBeenCalledTimes(1);
    expect(trays.read(4).map(({ refusal }) => refusal)).toEqual(['type', 'unsafe']);
  });

  it('holds ten, says how many found no place, and keeps conversations apart', async () => {
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}.pdf`));
    expect(await trays.add(4, many)).toBe(2);
    expect(names()).toHaveLength(MOST_AT_ONCE);
    expect(names(5)).toEqual([]);
  });

  it('forgets everything with the logout', async () => {
    cache.setQueryData(meQuery.queryKey, {} as never);
    await trays.add(4, [file('a.pdf')]);
    cache.clear();
    expect(names()).toEqual([]);
  });
});

describe('what WhatsApp takes', () => {
  it.each([
    ['image/png', 1, null],
    ['image/png', MOST_IMAGE_BYTES + 1, 'tooLarge'],
    ['video/mp4', MOST_BYTES, null],
    ['video/mp4', MOST_BYTES + 1, 'tooLarge'],
    ['audio/ogg; codecs=opus', 1, null],
    ['video/webm', 1, 'type'],
    ['', 1, 'type'],
    ['application/pdf', 0, 'empty'],
  ])('%s of %i bytes: %s', (type, size, why) => {
    expect(refusalOf({ type, size })).toBe(why);
  });

  it('writes pictures anew that are too large or of another kind, and no others', () => {
    expect(needsRewriting({ type: 'image/webp', size: 9 })).toBe(true);
    expect(needsRewriting({ type: 'image/jpeg', size: MOST_IMAGE_BYTES + 1 })).toBe(true);
    expect(needsRewriting({ type: 'image/jpeg', size: 9 })).toBe(false);
    expect(needsRewriting({ type: 'image/gif', size: 9 })).toBe(false);
    expect(needsRewriting({ type: 'application/pdf', size: MOST_BYTES })).toBe(false);
  });

  it('knows the words of the server', () => {
    expect(refusalOfCode('file_too_large', undefined)).toBe('tooLarge');
    expect(refusalOfCode('file_refused', 'markup')).toBe('unsafe');
    expect(refusalOfCode('file_refused', 'not_sent_by_whatsapp')).toBe('type');
    expect(refusalOfCode('window_closed', undefined)).toBeNull();
    expect(kindOf('audio/mpeg')).toBe('audio');
  });
});

/** The company's WhatsApp numbers. Keys go out once with the request that adds a number and are kept nowhere here. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Channel = Schemas['ChannelView'];
export type Channels = Schemas['ChannelsView'];
export type NewChannel = Schemas['NewChannelBody'];
export type AddedChannel = Schemas['NewChannelView'];
export type ChannelChange = Schemas['ChannelBody'];

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/channels', { signal })),
});

/** Called as it is, since the cache of mutations would remember the keys that it was given. */
export async function addChannel(body: NewChannel): Promise<AddedChannel> {
  return bodyOf(await api.POST('/admin/core/channels', { body }));
}

export async function changeChannel(id: number, body: ChannelChange): Promise<Channel> {
  return bodyOf(await api.PATCH('/admin/core/channels/{channel_id}', { params: { path: { channel_id: id } }, body }));
}

export async function renewAddress(id: number): Promise<Channel> {
  return bodyOf(await api.POST('/admin/core/channels/{channel_id}/address', { params: { path: { channel_id: id } } }));
}

export async function askCheck(id: number): Promise<void> {
  await api.POST('/admin/core/channels/{channel_id}/check', { params: { path: { channel_id: id } } });
}

export async function pauseSending(paused: boolean): Promise<void> {
  await api.PUT('/admin/core/channels/sending', { body: { paused } });
}

/** The list with one of its numbers as it is now. */
export function withChannel(known: Channels | undefined, changed: Channel): Channels | undefined {
  return known && { ...known, items: known.items.map((item) => (item.id === changed.id ? changed : item)) };
}

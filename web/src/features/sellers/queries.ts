/** What the sellers' page reads and changes. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, refusalOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';

export type Seller = Schemas['SellerView'];
export type Profile = Schemas['SellerProfile'];
export type DayOff = Schemas['DayOffView'];
export type SellerChange = Schemas['SellerBody'];
export type Slot = Schemas['SlotView'];
export type Performance = Schemas['PerformanceView'];
export type Target = Schemas['TargetView'];

const PAGE = 100;
const DAYS_AHEAD = 7;
const ENOUGH = 3;
const DAY_MS = 86_400_000;

export const sellerKeys = {
  all: ['sellers'] as const,
  list: ['sellers', 'list'] as const,
  free: ['sellers', 'free'] as const,
};

export const sellersQuery = queryOptions({
  queryKey: sellerKeys.list,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) => bodyOf(await api.GET('/crm/sellers', { params: { query: { cursor, limit: PAGE } }, signal }))),
});

export const profileQuery = (id: number) =>
  queryOptions({
    queryKey: [...sellerKeys.all, 'profile', id],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/sellers/{seller_id}', { params: { path: { seller_id: id } }, signal })),
  });

/** The free times of the next three days that have any within a week, by what is saved. */
export const nextFreeQuery = ({ id, zone }: Pick<Seller, 'id' | 'zone'>) =>
  queryOptions({
    queryKey: [...sellerKeys.free, id, zone],
    queryFn: async ({ signal }): Promise<readonly Slot[]> => {
      const days: (readonly Slot[])[] = [];
      const clock = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }); // 2026-11-23
      for (let ahead = 0; ahead < DAYS_AHEAD && days.length < ENOUGH; ahead += 1) {
        const day = clock.format(Date.now() + ahead * DAY_MS);
        const query = { seller_id: id, day };
        const { slots } = bodyOf(await api.GET('/agenda/availability', { params: { query }, signal }));
        if (slots.length > 0) days.push(slots);
      }
      return days.flat();
    },
  });

export async function changeSeller(id: number, body: SellerChange): Promise<Profile> {
  return bodyOf(await api.PATCH('/crm/sellers/{seller_id}', { params: { path: { seller_id: id } }, body }));
}

export async function addSeller(body: Schemas['NewSellerBody']): Promise<Profile> {
  return bodyOf(await api.POST('/crm/sellers', { body }));
}

export async function addDaysOff(id: number, body: Schemas['DaysOffBody']): Promise<Profile> {
  return bodyOf(await api.POST('/crm/sellers/{seller_id}/days-off', { params: { path: { seller_id: id } }, body }));
}

export async function dropDaysOff(id: number, dayOff: number): Promise<Profile> {
  const path = { seller_id: id, day_off_id: dayOff };
  return bodyOf(await api.DELETE('/crm/sellers/{seller_id}/days-off/{day_off_id}', { params: { path } }));
}

/** `month` is `YYYY-MM`. */
export const performanceQuery = (id: number, month: string) =>
  queryOptions({
    queryKey: [...sellerKeys.all, 'performance', id, month],
    queryFn: async ({ signal }) => {
      const params = { path: { seller_id: id }, query: { month: `${month}-01` } };
      return bodyOf(await api.GET('/crm/sellers/{seller_id}/performance', { params, signal }));
    },
  });

export async function setTargets(id: number, month: string, targets: readonly Target[]): Promise<Performance> {
  const body = { month, targets: [...targets] };
  return bodyOf(await api.PUT('/crm/sellers/{seller_id}/targets', { params: { path: { seller_id: id } }, body }));
}

export async function sendPhoto(id: number, picture: Blob): Promise<Profile> {
  const address = `/crm/sellers/${id}/photo`;
  const headers = { 'X-Nexus-CSRF': '1', 'Content-Type': 'application/octet-stream' };
  const answer = await fetch(address, { method: 'PUT', headers, body: picture });
  if (!answer.ok) throw await refusalOf(address, answer);
  return (await answer.json()) as Profile;
}

export async function hidePhoto(id: number): Promise<Profile> {
  return bodyOf(await api.DELETE('/crm/sellers/{seller_id}/photo', { params: { path: { seller_id: id } } }));
}

export async function restorePhoto(id: number): Promise<Profile> {
  return bodyOf(await api.POST('/crm/sellers/{seller_id}/photo/restore', { params: { path: { seller_id: id } } }));
}

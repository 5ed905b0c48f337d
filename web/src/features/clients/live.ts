/** How live events change the clients that were read. */
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import type { Client } from './filters';
import { dropClient, placeClient } from './place';
import { clientKeys } from './queries';

const take: LiveRule = (cache, payload) => {
  if (payload['visible'] === false) {
    dropClient(cache, Number(payload['id']));
  } else {
    const told = payload['client'] as Omit<Client, 'phone_shown'>;
    // Phones are formatted by the server alone: the record is asked for again, the row shows the number as it is stored.
    placeClient(cache, { ...told, phone_shown: told.phone });
    soon(cache, clientKeys.one(told.id));
    soon(cache, clientKeys.timeline(told.id));
  }
  soon(cache, clientKeys.counts);
};

export const clientsLive: LiveRules = { CLIENT_CREATED: take, CLIENT_UPDATED: take };

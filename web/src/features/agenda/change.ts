/** Moving and cancelling: shown at once, rolled back where refused, taken back by Deshacer. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toastRefusal } from '@/components/refusalToast';
import { toast, toastProblem } from '@/components/toast';
import { agendaKeys, cancel, mark, move, restore, setUrl, type AgendaEvent, type Seller } from './queries';
import { refusalOf, refusedWords } from './rules';
import { show } from './shown';
import { nameOf, whenOf } from './words';

/** Where an event goes; `force` overrules every rule but another meeting. */
export interface Move {
  readonly event: AgendaEvent;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly seller?: Pick<Seller, 'id' | 'name'>;
  readonly force?: boolean;
  readonly undoing?: boolean;
}

/** Hears which meeting was changed by the reader, who may want its person to know; null where that was taken back. */
export type Asks = (event: AgendaEvent | null) => void;

const nobody: Asks = () => undefined;

export function useMove(asks: Asks = nobody) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const moving = useMutation({
    mutationFn: ({ event, starts_at, ends_at, seller, force }: Move) =>
      move(event.id, { starts_at, ends_at, seller_id: seller?.id ?? event.seller_id, force: force ?? false }),
    onMutate: async ({ event, starts_at, ends_at, seller }) => {
      await cache.cancelQueries({ queryKey: agendaKeys.events });
      show(cache, { ...event, starts_at, ends_at, ...(seller && { seller_id: seller.id, seller_name: seller.name }) });
    },
    onError: (error, { event, undoing }) => {
      show(cache, event);
      if (undoing) toastProblem(error);
    },
    onSuccess: (moved, { event, undoing }) => {
      show(cache, moved);
      asks(undoing ? null : moved);
      if (undoing) return;
      const { starts_at, ends_at } = event;
      const seller = { id: event.seller_id, name: event.seller_name };
      toast(t('agenda.moved', { name: nameOf(moved, t), when: whenOf(moved, i18n.language) }), () =>
        moving.mutate({ event: moved, starts_at, ends_at, seller, force: true, undoing: true }),
      );
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: agendaKeys.free }),
  });
  return moving;
}

/** Move by hand: a refusal is told where the event snaps back, with «Mover igual» where a rule alone is against it. */
export function useMoveByHand(asks: Asks): (wanted: Move, snapBack: () => void) => void {
  const { t, i18n } = useTranslation();
  const moving = useMove(asks);
  return (wanted, snapBack) =>
    moving.mutate(wanted, {
      onError: (error) => {
        snapBack();
        const refused = refusalOf(error);
        if (!refused) {
          toastProblem(error);
          return;
        }
        const force = () => moving.mutate({ ...wanted, force: true }, { onError: toastProblem });
        const words = refusedWords(refused, wanted.seller?.name ?? wanted.event.seller_name, t, i18n.language);
        toastRefusal(words, refused.forcible ? { label: t('agenda.moveAnyway'), run: force } : undefined);
      },
    });
}

export function useCancel(asks: Asks = nobody): (event: AgendaEvent) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const settle = () => void cache.invalidateQueries({ queryKey: agendaKeys.free });
  const restoring = useMutation({
    mutationFn: (event: AgendaEvent) => restore(event.id),
    onMutate: (event) => {
      asks(null);
      show(cache, event);
    },
    onError: (error, event) => {
      show(cache, { ...event, status: 'cancelled' });
      toastProblem(error);
    },
    onSuccess: (restored) => show(cache, restored),
    onSettled: settle,
  });
  const cancelling = useMutation({
    mutationFn: (event: AgendaEvent) => cancel(event.id),
    onMutate: async (event) => {
      await cache.cancelQueries({ queryKey: agendaKeys.events });
      show(cache, { ...event, status: 'cancelled' });
    },
    onError: (error, event) => {
      show(cache, event);
      toastProblem(error);
    },
    onSuccess: (cancelled, event) => {
      asks(cancelled);
      toast(t('agenda.cancelled', { name: nameOf(event, t) }), () => restoring.mutate(event));
    },
    onSettled: settle,
  });
  return (event) => cancelling.mutate(event);
}

/** Who came and who did not: shown at once, taken back by Deshacer. */
export function useMark(): (event: AgendaEvent, outcome: 'done' | 'no_show') => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const marking = useMutation({
    mutationFn: ({ event, outcome }: { event: AgendaEvent; outcome: 'done' | 'no_show' | 'confirmed' }) => mark(event.id, outcome),
    onMutate: ({ event, outcome }) => show(cache, { ...event, status: outcome }),
    onError: (error, { event }) => {
      show(cache, event);
      toastProblem(error);
    },
    onSuccess: (marked, { event, outcome }) => {
      show(cache, marked);
      if (outcome === 'confirmed') return;
      const name = nameOf(event, t);
      const words = outcome === 'done' ? t('agenda.markedDone', { name }) : t('agenda.markedMissed', { name });
      toast(words, () => marking.mutate({ event: marked, outcome: 'confirmed' }));
    },
  });
  return (event, outcome) => marking.mutate({ event, outcome });
}

/** On which page the meeting takes place. */
export function useUrl(): (event: AgendaEvent, url: string | null) => void {
  const cache = useQueryClient();
  const setting = useMutation({
    mutationFn: ({ event, url }: { event: AgendaEvent; url: string | null }) => setUrl(event.id, url),
    onMutate: ({ event, url }) => show(cache, { ...event, meeting_url: url }),
    onError: (error, { event }) => {
      show(cache, event);
      toastProblem(error);
    },
    onSuccess: (set) => show(cache, set),
  });
  return (event, url) => setting.mutate({ event, url });
}

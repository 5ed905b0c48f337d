/** Moving and cancelling: shown at once, rolled back where refused, taken back by Deshacer. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toastRefusal } from '@/components/refusalToast';
import { toast, toastProblem } from '@/components/toast';
import { agendaKeys, cancel, move, restore, type AgendaEvent, type Seller } from './queries';
import { refusalOf, ruleWords } from './rules';
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

export function useMove() {
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
export function useMoveByHand(): (wanted: Move, snapBack: () => void) => void {
  const { t } = useTranslation();
  const moving = useMove();
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
        const words = ruleWords(refused.rule, wanted.seller?.name ?? wanted.event.seller_name, t);
        toastRefusal(words, refused.forcible ? { label: t('agenda.moveAnyway'), run: force } : undefined);
      },
    });
}

export function useCancel(): (event: AgendaEvent) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const settle = () => void cache.invalidateQueries({ queryKey: agendaKeys.free });
  const restoring = useMutation({
    mutationFn: (event: AgendaEvent) => restore(event.id),
    onMutate: (event) => show(cache, event),
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
    onSuccess: (_cancelled, event) =>
      toast(t('agenda.cancelled', { name: nameOf(event, t) }), () => restoring.mutate(event)),
    onSettled: settle,
  });
  return (event) => cancelling.mutate(event);
}

/** Changing a profile: shown at once, taken back where it is refused, undone for a few seconds. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { toast, toastProblem } from '@/components/toast';
import { changeSeller, profileQuery, sellerKeys, sellersQuery, type Profile, type Seller, type SellerChange } from './queries';

interface Step {
  readonly change: SellerChange;
  readonly said: string;
  /** What the change replaced; null for a change that takes one back. */
  readonly before: SellerChange | null;
}

export function useChangeSeller(seller: Seller) {
  const cache = useQueryClient();
  const changing = useMutation({
    mutationFn: ({ change }: Step) => changeSeller(seller.id, change),
    onMutate: ({ change }) => {
      const known = cache.getQueryData(profileQuery(seller.id).queryKey);
      if (known) keepProfile(cache, { ...known, seller: { ...known.seller, ...given(change) } });
      return known;
    },
    onSuccess: (profile, { said, before }) => {
      keepProfile(cache, profile);
      toast(said, before === null ? undefined : () => changing.mutate({ change: before, said, before: null }));
    },
    onError: (error, _, known) => {
      if (known) keepProfile(cache, known);
      toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: sellerKeys.free }),
  });
  return {
    changing: changing.isPending,
    change: (change: SellerChange, said: string, onDone?: () => void) =>
      changing.mutate({ change, said, before: replaced(seller, change) }, { onSuccess: () => onDone?.() }),
  };
}

/** The list and the open profile show the same seller. */
export function keepProfile(cache: QueryClient, profile: Profile): void {
  const { seller } = profile;
  cache.setQueryData(profileQuery(seller.id).queryKey, profile);
  cache.setQueryData(sellersQuery.queryKey, (known) =>
    known?.some(({ id }) => id === seller.id) ? known.map((one) => (one.id === seller.id ? seller : one)) : known && [...known, seller],
  );
}

/** The fields that a change gives. */
function given({ name, zone, active, skills, working_hours, bio, most_meetings_per_day: most }: SellerChange): Partial<Seller> {
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof zone === 'string' && { zone }),
    ...(typeof active === 'boolean' && { active }),
    ...(skills && { skills }),
    ...(working_hours && { working_hours }),
    ...(typeof bio === 'string' && { bio }),
    ...(typeof most === 'number' && { most_meetings_per_day: most || null }),
  };
}

/** The change that brings back what another one replaces. */
export function replaced(seller: Seller, change: SellerChange): SellerChange {
  const before = Object.fromEntries(Object.keys(given(change)).map((field) => [field, seller[field as keyof Seller]]));
  // Null would leave it as it is; none is 0.
  return 'most_meetings_per_day' in before ? { ...before, most_meetings_per_day: seller.most_meetings_per_day ?? 0 } : before;
}

/** The drawer has an address of its own: `?turn=812`, 0 for the newest. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { parseSearch, searchOf, wantedOf } from '@/features/inbox/search';
import { panelStep, useClosePanel } from '@/lib/history/panel';
import { NEWEST } from './queries';

export interface Why {
  readonly turn: number | undefined;
  readonly openNewest: () => void;
  readonly close: () => void;
}

export function useWhy(): Why {
  const navigate = useNavigate();
  const { turn } = useSearch({ from: '/shell/inbox' });
  const close = useClosePanel(
    () => void navigate({ to: '.', search: (search) => searchOf(wantedOf(parseSearch(search))), replace: true }),
  );
  return {
    turn,
    openNewest: () => void navigate({ to: '.', search: (search) => ({ ...search, turn: NEWEST }), ...panelStep(turn !== undefined) }),
    close,
  };
}

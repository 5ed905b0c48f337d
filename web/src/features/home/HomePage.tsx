/** Inicio (UI §4): the ceo sees the business in figures, everybody else their day. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { panelStep, useClosePanel } from '@/lib/history/panel';
import { can, useMe } from '@/lib/session/session';
import { Business } from './Business';
import { Day } from './Day';
import { periodOf, type HomeSearch } from './search';

export function HomePage() {
  const me = useMe();
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const go = (next: HomeSearch, open = false) => void navigate({ search: next, ...(open && panelStep(search.rows !== undefined)) });
  const close = useClosePanel(() => go(periodOf(search)));
  if (!can(me, 'reports.read')) return <Day me={me} />;
  return (
    <Business
      me={me}
      search={search}
      onPeriod={(period) => go(period)}
      onRows={(rows, part) => go({ ...periodOf(search), rows, ...part }, true)}
      onClose={close}
    />
  );
}

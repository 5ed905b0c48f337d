/** The frame that every page inside stands in; who owes a second factor is sent to set one up. */
import { createRoute, redirect } from '@tanstack/react-router';
import { Shell } from '../shell/Shell';
import { nextAfter, root, whoIsThere } from './root';

export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const me = await whoIsThere(location.href);
    if (me.owes_totp) throw redirect({ to: '/protect', search: nextAfter(location.href) });
  },
});

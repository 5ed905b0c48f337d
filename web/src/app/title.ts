/** What a tab of the browser is called: the page, then the product. No customer's name: the browser keeps titles. */
import { useMatches } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

const PAGES = {
  '/login': (t) => t('auth.enter'),
  '/register': (t) => t('auth.register'),
  '/forgot': (t) => t('access.forgot'),
  '/reset': (t) => t('access.reset'),
  '/invitation': (t) => t('access.invited'),
  '/pending': (t) => t('auth.pending'),
  '/protect': (t) => t('access.protect'),
  '/shell/inbox': (t) => t('place.inbox'),
  '/shell/leads': (t) => t('place.leads'),
  '/shell/leads/$leadId': (t) => t('leads.told.lead'),
  '/shell/pipeline': (t) => t('place.pipeline'),
  '/shell/clients': (t) => t('place.clients'),
  '/shell/clients/$clientId': (t) => t('clients.one'),
  '/shell/duplicates': (t) => t('place.duplicates'),
  '/shell/tasks': (t) => t('place.tasks'),
  '/shell/calendar': (t) => t('place.agenda'),
  '/shell/calendars': (t) => t('place.calendars'),
  '/shell/replies': (t) => t('place.replies'),
  '/shell/sellers': (t) => t('place.sellers'),
  '/shell/templates': (t) => t('place.templates'),
  '/shell/broadcasts': (t) => t('place.broadcasts'),
  '/shell/people': (t) => t('place.team'),
  '/shell/channels': (t) => t('place.channels'),
  '/shell/integrations': (t) => t('place.integrations'),
  '/shell/accounting': (t) => t('place.accounting'),
  '/shell/privacy': (t) => t('place.privacy'),
  '/shell/keys': (t) => t('place.apiKeys'),
  '/shell/audit': (t) => t('place.audit'),
  '/shell/settings': (t) => t('place.settings'),
  '/shell/sessions': (t) => t('sessions.title'),
  '/shell/alerts': (t) => t('bell.title'),
  '/shell/forms': (t) => t('place.forms'),
  '/shell/webhooks': (t) => t('place.webhooks'),
  '/shell/evaluation': (t) => t('place.evaluation'),
  '/shell/simulator': (t) => t('place.simulator'),
} as const satisfies Record<string, (t: TFunction) => string>;

/** The title of the innermost page that has one. */
export function titleOf(routes: readonly string[], t: TFunction): string {
  const page = routes.findLast((id): id is keyof typeof PAGES => id in PAGES);
  return page ? `${PAGES[page](t)} · Nexus` : 'Nexus';
}

export function useWindowTitle(): void {
  const { t } = useTranslation();
  const title = useMatches({ select: (matches) => titleOf(matches.map(({ routeId }) => routeId), t) });
  useEffect(() => {
    document.title = title; // the bell puts its count before whatever stands here
  }, [title]);
}

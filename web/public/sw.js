/* Shows alerts while the app is closed, and opens their record. It keeps nothing and answers no requests: what is shown
   in the app is always the server's. */
const SAFARI = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  if (!event.data) return;
  const told = event.data.json();
  const show = async () => {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    // Whoever has the app before them hears its bell. Safari takes the leave away from who shows nothing.
    const looking = windows.some((one) => one.visibilityState === 'visible' && one.focused);
    if (looking && !SAFARI) return;
    await self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag,
      data: { url: told.url },
      icon: '/icon-192.png',
      badge: '/badge-96.png',
    });
  };
  event.waitUntil(show());
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  // Only ever a place of ours, whatever the message says.
  const there = new URL(event.notification.data?.url ?? '/', self.location.origin);
  const url = there.origin === self.location.origin ? there.href : self.location.origin;
  const open = async () => {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const [first] = windows;
    if (!first) return self.clients.openWindow(url);
    await first.focus();
    return first.navigate ? first.navigate(url).catch(() => self.clients.openWindow(url)) : undefined;
  };
  event.waitUntil(open());
});

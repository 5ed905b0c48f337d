/** This browser's part of web push: nothing is asked of the person, and no worker is registered, before their click. */
import { api } from '@/lib/api/client';

const WORKER = '/sw.js';

export type Standing = 'unsupported' | 'denied' | 'off' | 'on';

/** Whether it could, may and does; `on` is what the browser knows, the server may have forgotten it. */
export async function standing(): Promise<Standing> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const worker = await navigator.serviceWorker.getRegistration('/');
  return (await worker?.pushManager.getSubscription()) ? 'on' : 'off';
}

/**
 * Ask for leave, subscribe, and tell the server. A subscription that is there already is given up first: it may be
 * another account's, and must not go on under two names.
 */
export async function switchOn(publicKey: string): Promise<Standing> {
  if ((await Notification.requestPermission()) !== 'granted') return standing();
  await navigator.serviceWorker.register(WORKER, { scope: '/' });
  const worker = await navigator.serviceWorker.ready;
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint = '', keys } = subscription.toJSON();
  try {
    await api.POST('/notifications/push', { body: { endpoint, keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } } });
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
  return 'on';
}

export async function switchOff(): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration('/');
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

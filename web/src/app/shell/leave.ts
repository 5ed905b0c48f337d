/** Log out, and forget everything that was read. */
import { signedOut } from '@/app/router';
import { toastProblem } from '@/components/toast';
import { api } from '@/lib/api/client';

export function leave(): void {
  void api.POST('/auth/logout').then(signedOut, toastProblem);
}

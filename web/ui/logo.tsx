/** The two voices: the agent's lane above, the customer's below. */
export const Logo = ({ size }: { size: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" />
    <path d="M8 11v2M12.5 8.5v7M17 11v2M21.5 9.5v5" />
    <path class="low" d="M10.5 20v1M15 18v5M19.5 19.5v2M24 17.5v6" />
  </svg>
);

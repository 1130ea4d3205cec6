import { Outlet } from '@tanstack/react-router'

/** For administrators, and managers for their bans; each page brings its own top bar through SettingsPage. */
export const SettingsScreen = () => <Outlet />

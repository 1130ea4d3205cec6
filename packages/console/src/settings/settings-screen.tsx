import { Outlet } from '@tanstack/react-router'

/** Each page brings its own top bar through SettingsPage. */
export const SettingsScreen = () => <Outlet />

import { Outlet } from '@tanstack/react-router'

/** Administrators only; each page brings its own top bar through SettingsPage. */
export const SettingsScreen = () => <Outlet />

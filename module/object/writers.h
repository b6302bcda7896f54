/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All files of guarded file systems that are open for writing.
 */
#ifndef SHIELD_OBJECT_WRITERS_H
#define SHIELD_OBJECT_WRITERS_H

struct dentry;
struct inode;

/**
 * shield_writers_visit() - visit every one of them
 * @visit: called with the file and one of its names, or NULL if none is known;
 *         both are held for the call, which may sleep
 * @context: handed to @visit
 *
 * By the inodes in memory and not by tasks: a descriptor that lies in a socket
 * or a ring counts among the writers of its file as well. Whoever opens a file
 * meanwhile may be visited or not.
 *
 * Context: process; sleeps; may end the unmounting of a file system.
 */
void shield_writers_visit(void (*visit)(void *context, struct inode *inode,
					struct dentry *dentry),
			  void *context);

#endif

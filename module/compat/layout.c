// SPDX-License-Identifier: GPL-2.0-only
/*
 * What headers do not tell of the running kernel, and its own description of
 * its types (BTF) does.
 */
#include "compat/layout.h"

#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <uapi/linux/btf.h>

/* Bytes; what is larger is no description of a kernel. */
#define MOST (64 << 20)

static const char *name_of(const struct shield_layout *layout, u32 at)
{
	return at < layout->nr_strings ? layout->strings + at : "";
}

/* Bytes that follow a type, before the next one. */
static size_t size_of_more(const struct btf_type *type)
{
	size_t nr = BTF_INFO_VLEN(type->info);

	switch (BTF_INFO_KIND(type->info)) {
	case BTF_KIND_INT:
		return sizeof(u32);
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return nr * sizeof(struct btf_member);
	case BTF_KIND_ENUM:
		return nr * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64:
		return nr * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO:
		return nr * sizeof(struct btf_param);
	case BTF_KIND_VAR:
		return sizeof(struct btf_var);
	case BTF_KIND_DATASEC:
		return nr * sizeof(struct btf_var_secinfo);
	case BTF_KIND_DECL_TAG:
		return sizeof(struct btf_decl_tag);
	default:
		return 0;
	}
}

/* The type behind @type, or the first one; NULL at the end. */
static const struct btf_type *next(const struct shield_layout *layout,
				   const struct btf_type *type)
{
	const void *at = layout->types;
	size_t left;

	if (type)
		at = (const void *)(type + 1) + size_of_more(type);
	left = layout->types_end - at;
	if (left < sizeof(*type))
		return NULL;
	type = at;
	return left - sizeof(*type) < size_of_more(type) ? NULL : type;
}

static int offset_of(const struct btf_type *type,
		     const struct btf_member *member)
{
	if (!BTF_INFO_KFLAG(type->info))
		return member->offset / BITS_PER_BYTE;
	return BTF_MEMBER_BIT_OFFSET(member->offset) / BITS_PER_BYTE;
}

static int find_member(const struct shield_layout *layout,
		       const struct btf_type *type, const char *name)
{
	const struct btf_member *members = (const void *)(type + 1);
	u32 i;

	for (i = 0; i < BTF_INFO_VLEN(type->info); i++)
		if (!strcmp(name_of(layout, members[i].name_off), name))
			return offset_of(type, &members[i]);
	return -ENOENT;
}

int shield_layout_member(const struct shield_layout *layout, const char *type,
			 const char *member)
{
	const struct btf_type *at = NULL;
	int found = -ENOENT;

	while (found < 0 && (at = next(layout, at)))
		if (BTF_INFO_KIND(at->info) == BTF_KIND_STRUCT &&
		    !strcmp(name_of(layout, at->name_off), type))
			found = find_member(layout, at, member);
	return found;
}

static int find_enumerator(const struct shield_layout *layout,
			   const struct btf_type *type, const char *name)
{
	const struct btf_enum *all = (const void *)(type + 1);
	u32 i;

	for (i = 0; i < BTF_INFO_VLEN(type->info); i++)
		if (all[i].val >= 0 &&
		    !strcmp(name_of(layout, all[i].name_off), name))
			return all[i].val;
	return -ENOENT;
}

int shield_layout_enumerator(const struct shield_layout *layout,
			     const char *name)
{
	const struct btf_type *at = NULL;
	int found = -ENOENT;

	while (found < 0 && (at = next(layout, at)))
		if (BTF_INFO_KIND(at->info) == BTF_KIND_ENUM)
			found = find_enumerator(layout, at, name);
	return found;
}

static int open_file(struct shield_layout *layout, size_t size)
{
	const struct btf_header *header = layout->file;
	size_t room;

	if (size < sizeof(*header) || header->magic != BTF_MAGIC ||
	    header->hdr_len > size)
		return -EINVAL;
	room = size - header->hdr_len;
	if (!IS_ALIGNED(header->hdr_len, sizeof(u32)) ||
	    !IS_ALIGNED(header->type_off, sizeof(u32)))
		return -EINVAL;
	if (header->type_off > room || header->str_off > room ||
	    header->type_len > room - header->type_off ||
	    header->str_len > room - header->str_off || !header->str_len)
		return -EINVAL;
	layout->types = layout->file + header->hdr_len + header->type_off;
	layout->types_end = layout->types + header->type_len;
	layout->strings = layout->file + header->hdr_len + header->str_off;
	layout->nr_strings = header->str_len;
	return layout->strings[layout->nr_strings - 1] ? -EINVAL : 0;
}

static ssize_t read_all(struct file *file, void **text)
{
	loff_t size = i_size_read(file_inode(file)), at = 0;
	ssize_t nr;

	if (size <= 0 || size > MOST)
		return -EFBIG;
	*text = kvmalloc(size, GFP_KERNEL);
	if (!*text)
		return -ENOMEM;
	while (at < size) {
		nr = kernel_read(file, *text + at, size - at, &at);
		if (nr <= 0)
			return nr ?: -EIO;
	}
	return size;
}

int shield_layout_read(struct shield_layout *layout)
{
	struct file *file = filp_open("/sys/kernel/btf/vmlinux", O_RDONLY, 0);
	ssize_t size;
	int error;

	*layout = (struct shield_layout){};
	if (IS_ERR(file))
		return PTR_ERR(file);
	size = read_all(file, &layout->file);
	error = size < 0 ? size : open_file(layout, size);
	fput(file);
	if (error)
		shield_layout_free(layout);
	return error;
}

void shield_layout_free(struct shield_layout *layout)
{
	kvfree(layout->file);
}
